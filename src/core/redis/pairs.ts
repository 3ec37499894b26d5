/** What Redis answers in one row, as a name and a value in turn, in pairs. */
export const pairsOf = (flat: readonly string[]): [string, string][] =>
  Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i] ?? '', flat[2 * i + 1] ?? ''])

/** The same of a reply that nobody has looked at yet, by name; empty for anything but a row. */
export const fieldsOf = (reply: unknown): Map<string, string> =>
  new Map(pairsOf((Array.isArray(reply) ? reply : []).map(String)))
