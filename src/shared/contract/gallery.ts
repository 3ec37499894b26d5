import { Health, SessionInfo } from '../schemas.ts'
import { base } from './base.ts'

/** Who is asking, and of which gallery. */
const session = base.output(SessionInfo)

/** Whether Redis and the gallery in it are well, and what a photo costs in memory. Administrators. */
const health = base.output(Health)

export const gallery = { session, health }
