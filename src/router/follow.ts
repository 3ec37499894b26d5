import { followEvents } from '../core/events/follow-events.ts'
import type { GalleryEvent } from '../shared/schemas/event.ts'
import type { Context } from './base.ts'

/** Yields what any of the sources yields, as it comes; ends, or throws, with the first that does. */
async function* merged<T>(sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = sources.map((source, i) => source.next().then((result) => ({ i, result })))
  for (;;) {
    const { i, result } = await Promise.race(next)
    if (result.done) return
    yield result.value
    const source = sources[i]
    if (source) next[i] = source.next().then((following) => ({ i, result: following }))
  }
}

async function* libraryEvents({ library }: Context, signal: AbortSignal): AsyncGenerator<GalleryEvent> {
  if (library) for await (const status of library.follow(signal)) yield { kind: 'library', status }
}

/** Everything that an open window follows, in one stream. */
export async function* followAll(
  context: Context,
  signal: AbortSignal | undefined,
): AsyncGenerator<GalleryEvent> {
  const end = new AbortController()
  const both = signal ? AbortSignal.any([signal, end.signal]) : end.signal
  const sources = [
    followEvents(context.session, both),
    ...(context.library ? [libraryEvents(context, both)] : []),
  ]
  try {
    yield* merged(sources)
  } finally {
    end.abort() // a source that waits for something is freed by its signal alone
  }
}
