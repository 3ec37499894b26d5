import { maxStatuses } from '../../shared/domain/statuses.ts'
import { statusName } from '../statuses/statuses-state.svelte.ts'
import { t } from '../i18n/index.ts'
import type { CommandContext } from './command-context.ts'
import { markOf } from './cull-commands.ts'
import { change, type PhotoCommand } from './photo-command.ts'

const shared = {
  label: 'status',
  group: 'cull',
  row: { label: 'status', keys: ['Shift', '0', '–', '9'] },
} as const

/** Statuses may be set where nothing else may be changed. */
const statusCommand = (command: Parameters<typeof change>[0]): PhotoCommand => ({
  ...change(command),
  when: ({ photoActions }) => photoActions.canSetStatus,
})

const clear = statusCommand({
  ...shared,
  id: 'status-0',
  name: () => `${t('status')}: ${t('statusNone')}`,
  keys: ['Shift+Digit0'],
  run: ({ photoActions }) => photoActions.mark('status', null),
})

/** Gives the status that stands at a place of the gallery's list, from 1; there may be none. */
const give = (place: number): PhotoCommand => {
  const at = ({ statusesState }: CommandContext) => statusesState.all[place - 1]
  const command = statusCommand({
    ...shared,
    id: `status-${place}`,
    name: (context) => {
      const status = at(context)
      return `${t('status')}: ${status ? statusName(status) : '–'}`
    },
    ring: (context) => at(context)?.colour,
    checked: (context) => at(context) !== undefined && markOf(context, 'status') === at(context)?.id,
    again: clear,
    keys: [`Shift+Digit${place}`],
    run: (context) => {
      const status = at(context)
      return status && context.photoActions.mark('status', status.id)
    },
  })
  const isThere = (context: CommandContext) => at(context) !== undefined
  return {
    ...command,
    offered: (context) => isThere(context) && (command.offered?.(context) ?? true),
    when: (context) => isThere(context) && (command.when?.(context) ?? true),
  }
}

/** Statuses by one key each: the first takes it away, then those of the gallery by their places. */
export const statusCommands: readonly PhotoCommand[] = [
  clear,
  ...Array.from({ length: maxStatuses }, (_, i) => give(i + 1)),
]
