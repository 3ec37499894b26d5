import { DatabaseSync } from 'node:sqlite'
import { GalleryError } from '../../../shared/errors.ts'

export type Row = Record<string, unknown>

/**
 * Another program's SQLite file, opened to be read alone. It is somebody else's and may be hostile: nothing of its schema is run but
 * what we ask for, and no extension is loaded.
 */
export class ForeignDatabase {
  readonly #database: DatabaseSync
  readonly #path: string

  /** @throws UNSUPPORTED for what is no SQLite file, or is held by its program. */
  constructor(path: string) {
    this.#path = path
    try {
      this.#database = new DatabaseSync(path, { readOnly: true, allowExtension: false })
      this.#database.exec('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON')
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  /** Whether it has a table, and not a view that is called so. */
  has(table: string): boolean {
    return this.rows("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table).length > 0
  }

  /** @throws UNSUPPORTED where it cannot be read, or has no such tables and columns. */
  rows(query: string, ...values: (string | number)[]): Row[] {
    try {
      return this.#database.prepare(query).all(...values)
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  /** The same row by row, where all of them would be too much at once. */
  *each(query: string): Generator<Row> {
    try {
      yield* this.#database.prepare(query).iterate()
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  close() {
    this.#database.close()
  }

  #unreadable(cause: unknown) {
    return new GalleryError('UNSUPPORTED', 'catalogueUnreadable', { path: this.#path }, { cause })
  }
}

/** Names from a row up to the root of its tree, the root first; a tree that turns back on itself ends there. */
export const branchOf = (
  rows: ReadonlyMap<number, { name: string; parent: number }>,
  id: number,
): string[] => {
  const names: string[] = []
  const seen = new Set<number>()
  for (let at = rows.get(id); at && !seen.has(id); at = rows.get(id)) {
    seen.add(id)
    if (at.name !== '') names.unshift(at.name)
    id = at.parent
  }
  return names
}

/** Rows of a tree by their ids. */
export const treeOf = (rows: Row[]): Map<number, { name: string; parent: number }> =>
  new Map(
    rows.map(({ id, name, parent }) => [
      Number(id),
      { name: typeof name === 'string' ? name : '', parent: Number(parent ?? 0) },
    ]),
  )

/** What belongs to each photo, in the order of the rows. */
export const byPhoto = <T>(rows: Row[], read: (row: Row) => T | null): Map<number, T[]> => {
  const all = new Map<number, T[]>()
  for (const row of rows) {
    const one = read(row)
    if (one === null) continue
    const id = Number(row['image'])
    const some = all.get(id)
    if (some) some.push(one)
    else all.set(id, [one])
  }
  return all
}
