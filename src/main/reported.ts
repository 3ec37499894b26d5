import { setTimeout as wait } from 'node:timers/promises'

/** Between two reports, in milliseconds: more often no user can see. */
const reportIntervalMs = 100

/** What a piece of work reports while it runs, the latest at a time, and at last what came of it. Throws what it throws. */
export async function* reported<T>(work: (report: (news: T) => void) => Promise<T>): AsyncGenerator<T> {
  let latest: T | null = null
  let over = false
  let wake: () => void = () => undefined
  const running = work((news) => {
    latest = news
    wake()
  }).finally(() => {
    over = true
    wake()
  })
  running.catch(() => undefined) // thrown below, where it is handled
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the work sets it when it ends
  while (!over) {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- the work reports meanwhile
    if (latest === null) await new Promise<void>((resolve) => (wake = resolve))
    const news = latest as T | null
    latest = null
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- the work may have ended meanwhile
    if (news === null || over) continue
    yield news
    await wait(reportIntervalMs)
  }
  yield await running
}
