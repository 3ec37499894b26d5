import { isSomebody, readAccounts } from '../access/roster.ts'
import type { Session } from '../gallery/session.ts'
import { results } from '../redis/errors.ts'

/** Tells all windows of all accounts that there are other statuses, or other names of them, by the streams that each follows. */
export const tellOfStatuses = async ({ redis, keys }: Session): Promise<void> => {
  const told = redis.pipeline()
  for (const [name, record] of await readAccounts({ redis, keys }))
    if (isSomebody(name, record))
      told.xadd(keys.accountEvents(name), 'MAXLEN', '~', 100, '*', 'what', 'statuses')
  results(await told.exec())
}
