/** A reply of names and values in turn, by name. */
export const fieldsOf = (reply: unknown): Map<string, string> => {
  const values = (Array.isArray(reply) ? reply : []).map(String)
  const fields = new Map<string, string>()
  for (let i = 0; i + 1 < values.length; i += 2) fields.set(values[i] ?? '', values[i + 1] ?? '')
  return fields
}

/** A field of what INFO says. */
export const infoField = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? ''
