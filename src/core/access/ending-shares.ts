/** How long before its end the maker of a link is told, in milliseconds. A link that was made later is not told of. */
export const toldBeforeEndMs = 3 * 24 * 60 * 60_000

/** Whether a link ends soon, and was not made to. All times in milliseconds since 1970; NaN for what is none. */
export const endsSoon = ({ created, expires }: { created: number; expires: number }, now: number): boolean =>
  expires > now && expires - now <= toldBeforeEndMs && created < expires - toldBeforeEndMs
