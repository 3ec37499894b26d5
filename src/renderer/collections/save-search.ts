// It is called without a component that would bring its texts.
import '../i18n/later.ts'
import type { SavedSearch } from '../../shared/schemas/collection.ts'
import type { SmartContext } from '../commands/smart-commands.ts'
import { filterWords } from '../filter/filter-summary.ts'
import { t } from '../i18n/index.ts'

type Needs = Omit<SmartContext, 'collectionActions'>

/** Letters of a title. */
const maxTitleLength = 200

/** Asks for the name of a smart album, and makes it of what is looked for: in the window, or else of `search`. */
export const askForSmart = (needs: Needs, search: SavedSearch | null = needs.navigation.search) => {
  if (!search) return
  const { collectionsState, dialogs, history, navigation, statusesState } = needs
  const words = filterWords(search.filter, statusesState.nameOf)
  dialogs.ask({
    kind: 'text',
    title: t('newSmart'),
    label: t('collectionTitle'),
    value: words.slice(0, maxTitleLength).trim(),
    suggested: true,
    action: t('save'),
    hint: t('smartHint'),
    give: async (title) => {
      const name = t('didCreateSmart', { collection: title })
      const made = await history.perform(name, [{ kind: 'create-collection', title, search }])
      if (!made?.collection) return
      await collectionsState.read()
      navigation.go({ collection: made.collection })
    },
  })
}

/** Has the smart album that is shown look for what is looked for in the window. */
export const saveChanges = async ({ collectionsState, history, navigation }: Needs) => {
  const { shown } = collectionsState
  const { search, saved } = navigation
  if (!shown || !search) return
  const done = await history.perform(t('didSearchSmart', { collection: shown.title }), [
    { kind: 'search-collection', collection: shown.id, to: search, ...(saved ? { from: saved } : {}) },
  ])
  if (!done) return
  await collectionsState.read()
  navigation.settle()
}
