/**
 * What binds the picture and the film of a live photo together, in 22 characters, however the file writes it; undefined for what
 * is no UUID.
 */
export const liveId = (uuid: unknown): string | undefined =>
  typeof uuid === 'string' && /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(uuid.trim())
    ? Buffer.from(uuid.trim().replaceAll('-', ''), 'hex').toString('base64url')
    : undefined

/** What such an id looks like, as what stands in Redis is a claim. */
export const liveIdPattern = /^[\w-]{22}$/
