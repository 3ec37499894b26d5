import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { logBug } from '../../router/bugs.ts'
import { GalleryError } from '../../shared/errors.ts'
import { PasskeyProof, SealedNote } from '../../shared/schemas/own-ways.ts'
import { message } from '../answers.ts'
import type { LoginParts } from '../login.ts'
import type { AppEnv } from '../request.ts'
import type { Passkeys } from './passkeys.ts'

/** Largest proof, in bytes: some signatures are long. */
const maxProofBytes = 32 * 1024

const Proof = z.object({ sealed: SealedNote, proof: PasskeyProof })

interface PasskeyParts extends Pick<LoginParts, 'sessions' | 'welcome'> {
  passkeys: Passkeys
}

const malformed = () => message(400, { id: 'badInput' })

/** What a browser sent may stand in it. */
const oneLine = (text: string) => text.replace(/\p{C}/gu, ' ').slice(0, 200)

/** One line of the log where a device did not say what it should. */
const refusal = (error: unknown) => {
  if (!(error instanceof GalleryError)) {
    logBug(error)
    return message(500, { id: 'internalError' })
  }
  if (error.cause instanceof Error) console.error(`Login by a passkey: ${oneLine(error.cause.message)}`)
  if (error.code === 'UNAVAILABLE') return message(503, error.text)
  return message(403, error.text.id === 'passkeyNeedsName' ? error.text : { id: 'passkeyRefused' })
}

/** Login by a passkey: what the browser is to ask the device for, and its answer. */
export const passkeyRoutes = ({ passkeys, sessions, welcome }: PasskeyParts) => {
  const routes = new Hono<AppEnv>()
  routes.post('/login/passkey/begin', async (c) => {
    try {
      return c.json(await passkeys.beginLogin(c.var.visitor.host), 200, { 'cache-control': 'no-store' })
    } catch (error) {
      return refusal(error)
    }
  })
  routes.post('/login/passkey', bodyLimit({ maxSize: maxProofBytes, onError: malformed }), async (c) => {
    const given = Proof.safeParse(await c.req.json().catch(() => null))
    if (!given.success) return malformed()
    const { visitor } = c.var
    try {
      const { account, key } = await passkeys.enter(visitor.host, given.data.sealed, given.data.proof)
      await welcome(c, await sessions.start(account, key, visitor.address))
      return c.body(null, 204)
    } catch (error) {
      return refusal(error)
    }
  })
  return routes
}
