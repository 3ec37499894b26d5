import { Option, type Command } from 'commander'
import { parseAnswers, type VisitorAnswers } from '../shared/domain/visitor-answers.ts'
import { GalleryError } from '../shared/errors.ts'
import {
  downloads,
  parseSwitches,
  shownToVisitors,
  type Download,
  type VisitorSwitches,
} from '../shared/domain/visitor-switches.ts'

export interface VisitorOptions {
  show?: (typeof shownToVisitors)[number][]
  download?: Download
  /** Search engines may tell of it. */
  listed?: boolean
  watermark?: boolean
}

/** Gives a command the options that choose what visitors are shown and given. */
export const withVisitorOptions = (of: Command): Command =>
  of
    .addOption(
      new Option('--show <what...>', 'what visitors see besides the pictures').choices(shownToVisitors),
    )
    .addOption(
      new Option(
        '--download <what>',
        'what visitors may take home (default: "preview", 2,560 pixels)',
      ).choices(downloads),
    )
    .option('--listed', 'search engines may tell of it')
    .option('--no-listed', 'search engines may not tell of it (default)')
    .option('--watermark', 'words on all pictures but thumbnails; no originals are given then')
    .option('--no-watermark', 'pictures as they are (default)')

/** The switches that were chosen: all of them, where any is; undefined where none is. */
export const switchesIn = ({
  show,
  download,
  listed,
  watermark,
}: VisitorOptions): VisitorSwitches | undefined =>
  [show, download, listed, watermark].every((chosen) => chosen === undefined)
    ? undefined
    : parseSwitches(
        [
          ...(show ?? []),
          ...(download ? [download] : []),
          ...(listed ? ['listed'] : []),
          ...(watermark ? ['watermark'] : []),
        ].join(' '),
      )

export interface AnswerOptions {
  let?: string[]
}

/** Gives a command the option that chooses what visitors of a link may say. */
export const withAnswerOptions = (of: Command): Command =>
  of.option(
    '--let <what...>',
    'what visitors may say: comments, choose:25 (photos at most), closed (choose no more), nothing',
  )

/** What was chosen of that, all of it; undefined where nothing was. INVALID for a word that is none. */
export const answersIn = ({ let: words }: AnswerOptions): VisitorAnswers | undefined => {
  if (words === undefined) return undefined
  const wrong = words.find((word) => !/^(comments|choose:\d{1,4}|closed|nothing)$/.test(word))
  if (wrong !== undefined) throw new GalleryError('INVALID', 'notAnAnswer', { text: wrong })
  return parseAnswers(words.join(' '))
}
