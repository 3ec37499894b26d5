import type { ShareLink } from '../../shared/domain/share-link.ts'
import { t } from '../i18n/index.ts'

/** What became of a link: it is there, asks for a password, has ended, or is not known. */
export type LinkState = 'there' | 'asks' | 'over' | 'unknown'

const states = new Set<unknown>(['there', 'asks', 'over', 'unknown'])

/** Asks the server; a desktop app has none, and knows no more than that a login was refused. */
export const stateOfLink = async ({ name }: ShareLink): Promise<LinkState> => {
  if (window.desktop) return 'unknown'
  try {
    const answer = await fetch(`s/${name.slice('share~'.length)}/state`)
    const { state } = (await answer.json()) as { state?: unknown }
    return states.has(state) ? (state as LinkState) : 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Why a link does not lead to its album, and what to do. `cut`: a part of its secret is missing. */
export const wordsOfLink = (state: 'over' | 'unknown' | 'cut') => {
  if (state === 'over') return { title: t('linkIsOver'), text: t('linkIsOverText') }
  return state === 'cut'
    ? { title: t('linkIsCut'), text: t('linkIsCutText') }
    : { title: t('linkIsUnknown'), text: t('linkIsUnknownText') }
}
