import { t } from '../i18n/index.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

export const undo: Command<CommandContext> = {
  id: 'undo',
  label: 'undo',
  icon: 'undo',
  keys: ['$mod+z'],
  group: 'organise',
  repeats: true,
  name: ({ history }) => (history.undoName === null ? t('undo') : `${t('undo')}: ${history.undoName}`),
  when: ({ history }) => history.undoName !== null || history.pending,
  run: ({ history }) => history.undo(),
}

export const redo: Command<CommandContext> = {
  id: 'redo',
  label: 'redo',
  icon: 'redo',
  keys: ['$mod+Shift+z', '$mod+y'],
  group: 'organise',
  repeats: true,
  name: ({ history }) => (history.redoName === null ? t('redo') : `${t('redo')}: ${history.redoName}`),
  when: ({ history }) => history.redoName !== null || history.pending,
  run: ({ history }) => history.redo(),
}
