import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Gallery } from '../core/gallery/gallery.ts'
import { openGallery } from '../core/gallery/open-gallery.ts'
import { answerRequests } from '../core/access/requests.ts'
import { router } from '../router/index.ts'

export type Client = RouterClient<typeof router>

/** Does some work on the gallery as the user of this process, and closes it afterwards. */
export const withGallery = async <T>(work: (gallery: Gallery) => Promise<T>): Promise<T> => {
  const gallery = await openGallery()
  try {
    return await work(gallery)
  } finally {
    await gallery.close()
  }
}

/** The same with the contract at hand. */
export const withClient = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
  withGallery(async (gallery) => {
    const session = await gallery.self()
    if (session.identity.administrator) await answerRequests(session)
    const context = { gallery, session, library: null, desktop: null, shell: 'cli' as const }
    return work(createRouterClient(router, { context }))
  })
