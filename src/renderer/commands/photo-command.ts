import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

/** A command that acts on the selected photos, or on the open one. */
export type PhotoCommand = Command<CommandContext>

/** Anywhere but in the trash. */
export const isOutside = ({ navigation }: CommandContext) => !navigation.trash

/** Guests and visitors may look and take home, and nothing else: their menus are spared the rest. */
const isForAccounts = (context: CommandContext) => isOutside(context) && !context.sessionState.isStranger

/** A command that changes photos: it says itself why it may not, which the trash does in its own bar. */
export const change = (command: Omit<PhotoCommand, 'when' | 'explains' | 'offered'>): PhotoCommand => ({
  ...command,
  offered: isForAccounts,
  explains: true,
  when: ({ photoActions }) => photoActions.canChange,
  run: (context) => (isOutside(context) ? command.run(context) : undefined),
})
