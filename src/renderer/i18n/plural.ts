/** Forms of a noun by number, for Intl.PluralRules. */
export interface Plural {
  one: string
  other: string
}
