/** How long the longest side of a copy is that is dragged to another program, in pixels: for mail, for a screen, for print. */
export const copySizes = [1280, 2048, 3840] as const

export type CopySize = (typeof copySizes)[number]

/** So many photos are dragged as copies at once. More are for an export, which has its own folder. */
export const maxCopies = 200
