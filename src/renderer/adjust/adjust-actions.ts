import {
  formatAdjustment,
  noAdjustment,
  parseAdjustment,
  turned,
  type Adjustment,
} from '../../shared/domain/adjustments.ts'
import type { Change } from '../../shared/schemas/change.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { CommandContext } from '../commands/command-context.ts'
import { counted, t } from '../i18n/index.ts'
import { edits, perAlbum } from '../photos/photo-changes.ts'
import { adjustedShape, adjustmentOf } from './adjusted.ts'
import { copied } from './copied.svelte.ts'

type Needs = Pick<CommandContext, 'history' | 'photoActions' | 'viewState'>

/** Shows photos as they will be, and has them so: what is seen large needs no words. */
const perform = async (
  { history, viewState }: Needs,
  refs: string[],
  { name, changes, to }: { name: string; changes: Change[]; to: (photo: PhotoSummary) => Adjustment },
) => {
  const { view, covered, byTouch } = viewState
  view.pages.patch(refs, (photo) => (photo.video ? {} : adjustedShape(photo, to(photo))))
  const done = await history.perform(name, changes, { seen: covered && !byTouch })
  if (!done) await view.refresh()
}

/** Turns the pictures of the selected photos by so many quarters of a circle, clockwise. */
export const turn = async (needs: Needs, quarters: 1 | 3): Promise<void> => {
  const refs = needs.photoActions.mine()
  if (refs.length === 0) return
  await perform(needs, refs, {
    name: t('didTurn', { photos: counted('photos', refs.length) }),
    changes: perAlbum(refs, (album, photos) => ({ kind: 'turn', album, photos, quarters })),
    to: (photo) => turned(adjustmentOf(photo), quarters),
  })
}

/** Has photos shown so, whatever was adjusted before. */
export const adjust = async (needs: Needs, adjustment: Adjustment, refs = needs.photoActions.mine()) => {
  if (refs.length === 0) return
  const by = formatAdjustment(adjustment) || null
  await perform(needs, refs, {
    name: t(by ? 'didAdjust' : 'didUnadjust', { photos: counted('photos', refs.length) }),
    changes: edits(refs, 'adjust', by),
    to: () => adjustment,
  })
}

export const pasteAdjustment = (needs: Needs) => adjust(needs, parseAdjustment(copied.by) ?? noAdjustment)

export const resetAdjustment = (needs: Needs) => adjust(needs, noAdjustment)
