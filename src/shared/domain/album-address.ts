/** An album in an address: its id, behind a name for people where there is one (`2024-corsica~owner~Abcd1234`). Null for what names none. */
export const parseAlbum = (text: string): string | null =>
  /^(?:[^~]*~)?([a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{6,16})$/.exec(text)?.[1] ?? null
