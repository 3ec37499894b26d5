import { t } from '../i18n/index.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

/** What these commands need of the window. */
export type SmartContext = Pick<
  CommandContext,
  'navigation' | 'collectionsState' | 'statusesState' | 'collectionActions' | 'history' | 'dialogs'
>
type SmartCommand = Command<SmartContext>

/** What saves comes with the first use of it. */
const saving = () => import('../collections/save-search.ts')

/** What is looked for may become a smart album. */
const maySaveNew = ({ collectionActions, navigation }: SmartContext) =>
  collectionActions.mayCreate && navigation.search !== null && navigation.isFiltered

const mayChange = ({ collectionsState, navigation }: SmartContext) =>
  navigation.edited && collectionsState.shown?.right === 'modify'

export const saveSearch: SmartCommand = {
  id: 'save-search',
  label: 'saveSmart',
  name: ({ navigation }) => t(navigation.smart ? 'saveNewSmart' : 'saveSmart'),
  icon: 'smart',
  group: 'organise',
  when: (context) => maySaveNew(context) && (!context.navigation.smart || context.navigation.edited),
  run: async (context) => (await saving()).askForSmart(context),
}

export const saveSearchChanges: SmartCommand = {
  id: 'save-search-changes',
  label: 'saveSmartChanges',
  icon: 'smart',
  group: 'organise',
  when: mayChange,
  run: async (context) => (await saving()).saveChanges(context),
}

export const revertSearch: SmartCommand = {
  id: 'revert-search',
  label: 'revertSmart',
  icon: 'undo',
  group: 'organise',
  when: ({ navigation }) => navigation.edited,
  run: ({ navigation }) => navigation.revert(),
}

/** One key saves what is looked for: the changes of a smart album, or a new one. */
export const saveByKey: SmartCommand = {
  ...saveSearch,
  id: 'save-search-by-key',
  name: (context) =>
    t(mayChange(context) ? 'saveSmartChanges' : context.navigation.smart ? 'saveNewSmart' : 'saveSmart'),
  keys: ['$mod+s'],
  whileTyping: true,
  when: (context) => mayChange(context) || saveSearch.when?.(context) === true,
  run: (context) => (mayChange(context) ? saveSearchChanges : saveSearch).run(context),
}

export const smartCommands: readonly SmartCommand[] = [saveByKey, saveSearchChanges, saveSearch, revertSearch]
