/** A row that is in the document, and the component that shows it. */
export interface SlottedRow {
  row: number
  slot: number
}

/**
 * Gives the rows that come into sight the components of those that have left it: to make one with all its cells takes longer than to show
 * other photos in it.
 */
export class RowSlots {
  #slots = new Map<number, number>()

  /** The rows from one to another, each with its slot; a row keeps the one that it has. */
  assign(first: number, last: number): SlottedRow[] {
    const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    const kept = new Map(
      rows.flatMap((row) => (this.#slots.has(row) ? [[row, this.#slots.get(row) ?? 0]] : [])),
    )
    const taken = new Set(kept.values())
    const free = [...this.#slots.values()].filter((slot) => !taken.has(slot))
    let next = Math.max(-1, ...this.#slots.values()) + 1
    for (const row of rows) if (!kept.has(row)) kept.set(row, free.shift() ?? next++)
    this.#slots = kept
    return rows.map((row) => ({ row, slot: kept.get(row) ?? 0 }))
  }
}
