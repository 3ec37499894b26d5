/** What visitors may take home: nothing, pictures as large as a screen, or the originals. */
export const downloads = ['none', 'preview', 'original'] as const

export type Download = (typeof downloads)[number]

/** What the visitors of a share link, or the guests of a public album, are shown and given besides the pictures and their words. */
export interface VisitorSwitches {
  /** Where photos were taken. */
  place: boolean
  /** Camera, lens, and how the photo was exposed. */
  camera: boolean
  /** Rating, flag and label. */
  marks: boolean
  /** What may be taken home; with a watermark no more than pictures of the size of a screen. */
  download: Download
  /** Search engines may tell of the album. */
  listed?: boolean | undefined
  /** Every picture that is larger than a thumbnail carries the words of the gallery. */
  watermark?: boolean | undefined
}

/** What is shown where nobody chose: of a new link or public album, and of one that was made before there was a choice. */
export const leastShown: VisitorSwitches = { place: false, camera: false, marks: false, download: 'preview' }

/** What can be shown besides the pictures and their words. */
export const shownToVisitors = ['place', 'camera', 'marks'] as const

/** What is given with these switches: an original has no watermark, so that with one it is never given. */
const downloadIn = ({ download, watermark }: Pick<VisitorSwitches, 'download' | 'watermark'>): Download =>
  watermark && download === 'original' ? 'preview' : download

/** Switches as they are kept: words with blanks between them, always in one order. */
export const formatSwitches = (switches: VisitorSwitches): string =>
  [
    ...shownToVisitors.filter((word) => switches[word]),
    ...(switches.listed ? ['listed'] : []),
    ...(switches.watermark ? ['watermark'] : []),
    downloadIn(switches),
  ].join(' ')

/** Reads what was kept. Words that are none are passed over: they may be those of a later version. */
export const parseSwitches = (text: string | null | undefined): VisitorSwitches => {
  const found = new Set((text ?? '').split(' '))
  const watermark = found.has('watermark')
  const download = downloads.find((word) => found.has(word)) ?? leastShown.download
  return {
    place: found.has('place'),
    camera: found.has('camera'),
    marks: found.has('marks'),
    download: downloadIn({ download, watermark }),
    ...(found.has('listed') ? { listed: true } : {}),
    ...(watermark ? { watermark } : {}),
  }
}

/** Whether an original is given as it is, with all that stands in it: a film can be given in no other way. */
export const givesAsItIs = ({ place, camera, ...given }: VisitorSwitches): boolean =>
  downloadIn(given) === 'original' && place && camera
