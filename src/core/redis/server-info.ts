import type { Connection } from './connection.ts'

/** All that a server says of itself. Administrators. */
export const readInfo = async (server: Pick<Connection, 'call'>): Promise<string> =>
  (await server.call('INFO', 'everything')) as string

/** A field of what INFO says; empty where it does not say it. */
export const infoField = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? ''

/** The part of a server; `behind`: seconds since a replica has heard of its primary, null for a primary and where that was lost. */
export const roleIn = (info: string): { role: 'primary' | 'replica'; behind: number | null } => {
  if (infoField(info, 'role') === 'master') return { role: 'primary', behind: null }
  const linked = infoField(info, 'master_link_status') === 'up'
  return { role: 'replica', behind: linked ? Number(infoField(info, 'master_last_io_seconds_ago')) : null }
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

/** The memory that a server uses, and may use (0: as much as there is), in bytes and in words. */
export const memoryIn = (info: string): { used: number; limit: number; words: string } => {
  const [used, limit] = [Number(infoField(info, 'used_memory')), Number(infoField(info, 'maxmemory'))]
  const of = limit > 0 ? ` of ${megabytes(limit)}` : ', no limit set'
  return { used, limit, words: megabytes(used) + of }
}
