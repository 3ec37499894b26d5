import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from 'hono'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { speech } from '../../router/plain-answer.ts'
import type { AppEnv } from '../request.ts'
import type { AlbumFacts } from './album-facts.ts'
import type { LinkSessions } from './link-sessions.ts'
import type { Told } from './told-page.ts'

/** What tells of albums to programs that run no scripts. */
export interface SharingParts {
  gallery: Pick<Gallery, 'guest'>
  /** The session of the server, or the program's own, which may know more. */
  self: Session
  links: LinkSessions
  /** Folder of the built renderer. */
  rendererDir: string
  /** The path that the gallery is below, between slashes. */
  base: string
  /** Sites that may show public albums within their pages. */
  embedders: readonly string[]
  /** Answers a request for an image as a session. */
  images: (request: Request, env: { session: Session; gone: AbortSignal }) => Response | Promise<Response>
}

/** The page's own file. */
export const readPage = ({ rendererDir }: SharingParts) => readFile(join(rendererDir, 'index.html'), 'utf8')

/** The whole address of the gallery, as the browser has it. */
export const rootOf = (c: Context<AppEnv>, base: string) => {
  const { secure, host } = c.var.visitor
  return `${secure ? 'https' : 'http'}://${host}${base}`
}

/** Search engines are asked to leave out what nobody chose to have found. */
export const robots = ({ shows }: AlbumFacts) => ({ 'x-robots-tag': shows.listed ? 'all' : 'noindex' })

/** The words about an album, in the language that is asked for. */
export const wordsOf = (
  c: Context<AppEnv>,
  facts: AlbumFacts,
): Pick<Told, 'facts' | 'count' | 'language' | 'noScript'> => {
  const { language, say } = speech(c)
  const count = say({ id: 'albumPhotos', blanks: { count: facts.photos } })
  return { facts, count, language, noScript: say({ id: 'pageNeedsScripts' }) }
}

/** A page with words of its own in it, which are those of the language that was asked for. */
export const sendPage = (c: Context<AppEnv>, text: string, facts: AlbumFacts | null) =>
  c.html(text, 200, {
    'cache-control': 'no-cache',
    vary: 'accept-language',
    ...(facts ? robots(facts) : {}),
  })
