/** As what photos are taken home: their files, or pictures of the size of a screen. */
export const downloadKinds = ['originals', 'screen'] as const

export type DownloadKind = (typeof downloadKinds)[number]

/** Photos of one download at most: what is to be sent of them is kept in memory until it has been. */
export const maxDownloadPhotos = 50_000

/**
 * Photos of one zip file of pictures that are made while it is sent. Where its line breaks it is sent again whole, as nobody knows how long
 * it will be; what came before it stays.
 */
export const photosOfPart = 500
