import type { Change } from '../../shared/schemas/change.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxBehind } from '../../shared/domain/stacks.ts'
import { parseRef } from '../../shared/domain/refs.ts'
import type { CommandContext } from '../commands/command-context.ts'
import { counted, t } from '../i18n/index.ts'

type Needs = Pick<CommandContext, 'client' | 'history' | 'notices' | 'photoActions' | 'viewState'>

/** Photos that one command takes apart at most: each is asked for its files first. */
const maxTakenApart = 500
/** Photos that are asked for their files at once. */
const askedAtOnce = 16

/** The selected photos as one stack, of which the one at the cursor leads; null where they can be none. */
export const stackOf = ({
  photoActions,
  viewState,
}: Pick<Needs, 'photoActions' | 'viewState'>): Extract<Change, { kind: 'stack' }> | null => {
  const { refs } = photoActions
  if (refs.length < 2 || refs.length > maxBehind + 1) return null
  const places = refs.map(parseRef)
  const [first] = places
  if (!first || places.some(({ album }) => album !== first.album)) return null
  const cursor = viewState.view.selection.photo
  const lead = places.find(({ id }) => id === cursor?.id)?.id ?? first.id
  const photos = places.map(({ id }) => id).filter((id) => id !== lead)
  return { kind: 'stack', album: first.album, lead, photos }
}

/** Makes the selected photos one. */
export const stack = async (needs: Needs): Promise<void> => {
  const change = stackOf(needs)
  if (!change) return
  const { selection } = needs.viewState.view
  if (!needs.viewState.viewing) selection.clear()
  await needs.history.perform(t('didStack', { photos: counted('photos', change.photos.length + 1) }), [
    change,
  ])
}

/** Whether a photo at the cursor, or one of several, may be a stack. */
export const mayUnstack = ({ photoActions, viewState }: Pick<Needs, 'photoActions' | 'viewState'>): boolean =>
  photoActions.refs.length > 1 || Boolean(viewState.view.selection.photo?.stack)

/** Takes the selected stacks apart. */
export const unstack = async ({ client, history, notices, photoActions }: Needs): Promise<void> => {
  const changes: Change[] = []
  const refs = photoActions.refs.slice(0, maxTakenApart)
  await notices.attempt(async () => {
    for (const some of chunksOf(refs.map(parseRef), askedAtOnce)) {
      const asked = some.map(({ album, id }) => client.photos.files({ album, photo: id }))
      for (const [i, files] of (await Promise.all(asked)).entries()) {
        const { album = '', id: lead = '' } = some[i] ?? {}
        const photos = files.slice(1).map((file) => file.id)
        if (photos.length > 0) changes.push({ kind: 'unstack', album, lead, photos })
      }
    }
  })
  if (changes.length > 0)
    await history.perform(t('didUnstack', { photos: counted('photos', changes.length) }), changes)
}

/** Lets another file of a photo show. */
export const showInstead = async (
  { history }: Pick<Needs, 'history'>,
  { album, photo, name }: { album: string; photo: string; name: string },
): Promise<void> => {
  await history.perform(t('didLead', { name }), [{ kind: 'lead', album, photo }])
}
