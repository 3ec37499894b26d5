import { rightsOfAccount, type PeopleTable } from '../../shared/domain/consequences.ts'
import { parseSubject } from '../../shared/domain/subjects.ts'
import type { AccessLevel, Subject } from '../../shared/schemas/access.ts'

/** What accounts may do in the end: worked out once for each, as the matrix asks for every cell. */
export class Reach {
  readonly #table: PeopleTable
  readonly #known = new Map<Subject, Map<string, AccessLevel>>()

  constructor(table: PeopleTable) {
    this.#table = table
  }

  of(subject: Subject, album: string): AccessLevel {
    const known = this.#known.get(subject) ?? this.#read(subject)
    this.#known.set(subject, known)
    return known.get(album) ?? 'none'
  }

  #read(subject: Subject): Map<string, AccessLevel> {
    const { kind, name } = parseSubject(subject)
    const account = this.#table.accounts.find((one) => kind === 'account' && one.name === name)
    return account ? rightsOfAccount(this.#table, account) : new Map<string, AccessLevel>()
  }
}
