/** What a status can be told by, besides its name: in the order in which colours are offered. */
export const statusColours = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const

/** What photos keep of their status. */
export const statusIdForm = /^[0-9A-Za-z]{1,16}$/

/** As many as there are keys for them. */
export const maxStatuses = 9

/** Characters of a name. */
export const maxStatusName = 40

/** The ids of those that every gallery begins with. They have no name of their own: a window says them in its language. */
export const usualStatusIds = ['new', 'toEdit', 'edited', 'delivered'] as const

/** From which right on an album members set the statuses of its photos. */
export const statusSetters = ['modify', 'comment'] as const

/** Photos whose statuses an account asks for at once, where it may not write them itself. */
export const maxPhotosPerWish = 200

export type UsualStatusId = (typeof usualStatusIds)[number]
