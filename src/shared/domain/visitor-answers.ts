/** What the visitors of a share link may say. Guests of public albums say nothing. */
export interface VisitorAnswers {
  /** They may comment on photos and on the album. */
  comments: boolean
  /** How many photos they may choose; 0: none. */
  selection: number
  /** They may look at what they chose, and change it no more. */
  closed: boolean
}

/** As many photos as a link may ask for. */
export const maxSelection = 1000

/** By whom photos were chosen, as filters ask: by any link, by every link that chose something in their album, or by one. */
export const chosenForm = /^(any|all|share~[0-9A-Za-z]{8})$/

/** Characters of the name that a visitor gives. */
export const maxVisitorName = 60

/** What visitors may say where nobody chose. */
export const noAnswers: VisitorAnswers = { comments: false, selection: 0, closed: false }

/** Answers as they are kept: words with blanks between them, always in one order. */
export const formatAnswers = ({ comments, selection, closed }: VisitorAnswers): string =>
  [
    ...(comments ? ['comments'] : []),
    ...(selection > 0 ? [`choose:${selection}`] : []),
    ...(closed ? ['closed'] : []),
  ].join(' ')

/** Reads what was kept. Words that are none are passed over: they may be those of a later version. */
export const parseAnswers = (text: string | null | undefined): VisitorAnswers => {
  const words = (text ?? '').split(' ')
  const chosen = words.find((word) => /^choose:\d{1,4}$/.test(word))
  return {
    comments: words.includes('comments'),
    selection: Math.min(Number(chosen?.slice('choose:'.length) ?? 0), maxSelection),
    closed: words.includes('closed'),
  }
}
