import { Option, type Command } from 'commander'
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

/** The switches that were chosen: all of them, where any is; undefined where none is. */
export const switchesIn = ({ show, download }: VisitorOptions): VisitorSwitches | undefined =>
  show === undefined && download === undefined
    ? undefined
    : parseSwitches([...(show ?? []), ...(download ? [download] : [])].join(' '))
