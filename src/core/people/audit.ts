import type { AuditLine } from '../../shared/people.ts'
import { Level } from '../../shared/rights.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../session.ts'

/** Lines that the record keeps, about. */
const most = 10_000

const level = (text: string | undefined): Level => Level.catch('none').parse(text)

const toLine = ([id, flat]: [string, string[]]): AuditLine => {
  const fields: Partial<Record<string, string>> = {}
  for (let i = 0; i < flat.length; i += 2) fields[flat[i] ?? ''] = flat[i + 1] ?? ''
  const rows = (fields['changes'] ?? '')
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split('\t'))
  const rights = fields['what'] === 'rights'
  return {
    id,
    at: new Date(Number(id.split('-')[0])).toISOString(),
    by: fields['by'] ?? '',
    what: fields['what'] ?? '',
    subject: fields['subject'] ?? '',
    fields: rights ? [] : rows.map(([field = '', from = '', to = '']) => ({ field, from, to })),
    rights: rights
      ? rows.map(([subject = '', album = '', from, to]) => ({
          subject,
          album,
          from: level(from),
          to: level(to),
        }))
      : [],
  }
}

/** The record of who changed what about accounts, groups and rights; the newest first. Administrators. */
export const listAudit = ({ redis, keys }: Session, limit: number, before?: string): Promise<AuditLine[]> =>
  onRedis(async () => {
    const end = before ? `(${before}` : '+'
    return ((await redis.xrevrange(keys.audit, end, '-', 'COUNT', limit)) as [string, string[]][]).map(toLine)
  })

/** Adds a line to the record, for what no script writes there itself. `rows`: field, former and new value. */
export const note = async (
  { redis, keys, account }: Pick<Session, 'redis' | 'keys' | 'account'>,
  what: string,
  subject: string,
  rows: string[][] = [],
): Promise<void> => {
  const changes = rows.map((row) => row.join('\t')).join('\n')
  const fields = ['what', what, 'by', account, 'act', '', 'subject', subject, 'changes', changes]
  await redis.xadd(keys.audit, 'MAXLEN', '~', most, '*', ...fields)
}
