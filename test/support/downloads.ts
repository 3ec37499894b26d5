import type { DownloadInput } from '../../src/shared/schemas/download.ts'
import { clientOf } from './client.ts'

/** Asks a server for downloads as the page does. */
export const downloadsOf = (origin: string, cookie: string) => {
  const headers = cookie === '' ? {} : { cookie }
  const { downloads } = clientOf({ origin }, cookie)
  const part = (
    id: string,
    number = 0,
    more: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ) => fetch(`${origin}/zip/${id}/${number}`, { ...more, headers: { ...headers, ...more.headers } })
  return {
    prepare: (options: DownloadInput) => downloads.prepare(options),
    state: (of: { id: string }) => downloads.state(of),
    stop: (of: { id: string }) => downloads.stop(of),
    part,
    /** The first zip file of a download that is laid out for it. */
    fetch: async (
      options: DownloadInput,
      more?: { headers?: Record<string, string>; signal?: AbortSignal },
    ) => part((await downloads.prepare(options)).id, 0, more),
  }
}
