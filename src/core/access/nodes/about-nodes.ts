import type { Check } from '../../../shared/schemas/gallery.ts'
import { errorText } from '../../../shared/errors.ts'
import { libraryName } from '../../redis/functions.ts'
import { isDefaultOn } from '../default-user.ts'
import { usersOfDefault } from './admit.ts'
import { infoField, memoryIn, readInfo, roleIn } from '../../redis/server-info.ts'
import type { NodeLink } from './node-link.ts'
import type { Steward } from './steward.ts'

/** What one server says of its part in the whole: primary, or replica and how far behind. */
const roleOf = (info: string): { words: string; fine: boolean } => {
  const { role, behind } = roleIn(info)
  if (role === 'primary') return { words: 'primary', fine: true }
  return behind === null
    ? { words: 'replica that has lost its primary', fine: false }
    : { words: `replica, heard of its primary ${behind} s ago`, fine: true }
}

const persistenceOf = (info: string) => {
  if (infoField(info, 'aof_enabled') !== '1') return { words: 'no append-only file', fine: false }
  return infoField(info, 'aof_last_write_status') === 'err'
    ? { words: 'the disk refuses writes', fine: false }
    : { words: 'append-only file', fine: true }
}

const aboutDefault = async ({ redis }: NodeLink) => {
  if (!(await isDefaultOn(redis))) return { words: '`default` off', fine: true }
  const who = await usersOfDefault(redis)
  return {
    words: `\`default\` can log in${who ? `, as ${who} does` : ''}: give it a user of its own`,
    fine: false,
  }
}

const hasFunctions = async ({ redis }: NodeLink) => {
  const found = (await redis.call('FUNCTION', 'LIST', 'LIBRARYNAME', libraryName)) as unknown[]
  return found.length > 0
    ? { words: 'functions of this version', fine: true }
    : { words: 'without the functions of this version', fine: false }
}

const aboutNode = async (link: NodeLink): Promise<Check> => {
  const what = `Server ${link.name}`
  if (link.isReplaced)
    return {
      what,
      state: 'problem',
      detail: 'cannot be reached; another took over, and it is to let nobody in',
    }
  if (!link.isReady) return { what, state: 'problem', detail: 'cannot be reached' }
  try {
    const info = await readInfo(link.redis)
    const rights = { words: 'rights in step', fine: link.standing.state === 'in step' }
    if (!rights.fine) rights.words = `rights not in step (${'why' in link.standing ? link.standing.why : ''})`
    const parts = [
      roleOf(info),
      rights,
      persistenceOf(info),
      await hasFunctions(link),
      await aboutDefault(link),
    ]
    return {
      what,
      state: parts.every(({ fine }) => fine) ? 'ok' : 'warning',
      detail: [...parts.map(({ words }) => words), memoryIn(info).words].join(', '),
    }
  } catch (error) {
    return { what, state: 'problem', detail: errorText(error) }
  }
}

/** Each server of a gallery that lies on several: its role, how far behind, rights, memory, functions, what it keeps on disk. */
export const aboutNodes = (steward: Steward): Promise<Check[]> =>
  Promise.all(steward.nodesByName.map(aboutNode))
