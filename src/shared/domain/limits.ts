/** Photos that one call changes at most: a larger selection goes in several calls. */
export const maxPhotosPerCall = 1000

/** Rights that one call changes at most: a whole row or column of a large gallery. */
export const maxRightsPerCall = 5000

/** How many replicas a change waits for at most. */
export const maxCopies = 5

/** Characters of one comment. */
export const maxCommentLength = 2000

/** Guests and links that one album can be shown to: copies of more are not kept in step. */
export const maxAudiences = 200
