import { notADevice, safeName } from '../../../shared/domain/naming-pattern.ts'
import { endingFor, isCandidate } from '../decode/file-type.ts'
import { isJunk } from '../roots/ignore-rules.ts'

/** Characters of a name without its ending: with a number and 4 bytes each it stays below the 255 bytes of common file systems. */
const maxStemLength = 56

const cut = (text: string) => Array.from(text).slice(0, maxStemLength).join('')

/** A name that every system takes, of what a stranger says that it is; '' where nothing is left. */
const plainName = (claimed: string): string => {
  // Controls, marks that turn the direction of writing, halves of characters and what could not be decoded.
  const shown = claimed.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{FFFD}]/gu, '')
  // What is left may be hidden by a dot behind a blank, or compose anew.
  return safeName(shown.normalize('NFC')).replace(/^[.\s]+|[.\s]+$/g, '')
}

/**
 * The name of a file that was sent, from what the sender claims that it is called: no folder, nothing hidden, nothing that a system
 * refuses. One whose ending tells of no picture gets that of its content.
 *
 * @param type MIME type of the content
 */
export const uploadName = (claimed: string, type: string): string => {
  const last = claimed.slice(Math.max(claimed.lastIndexOf('/'), claimed.lastIndexOf('\\')) + 1)
  const name = plainName(last)
  const [ending = ''] = isCandidate(name) ? (/\.[^.]+$/.exec(name) ?? []) : [`.${endingFor(type)}`]
  const stem = isCandidate(name) ? name.slice(0, -ending.length) : name
  return `${notADevice(cut(stem).replace(/[. ]+$/, '')) || 'photo'}${ending}`
}

/** The folders of an album below the folder of uploads: its title makes branches, and none of them is one that is passed over. */
export const uploadFolders = (title: string): string[] => {
  const parts = title
    .split('/')
    .map((part) => notADevice(cut(plainName(part)).replace(/[. ]+$/, '')))
    .filter(Boolean)
    .map((part, at, all) => (isJunk(part, all[at - 1]) ? `_${part}` : part))
  return parts.length > 0 ? parts : ['Photos']
}
