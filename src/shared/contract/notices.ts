import { z } from 'zod'
import { NoticeList } from '../schemas/notice.ts'
import { base } from './base.ts'

/** What happened within two weeks that the caller may want to know, with what of it is not read. Accounts. */
const list = base.output(NoticeList)

/** Notes that the caller has read its notices until a moment, in all its windows. Accounts. */
const read = base.input(z.object({ until: z.iso.datetime() }))

export const notices = { list, read }
