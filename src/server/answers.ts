const unkept = { 'cache-control': 'no-store' }

/** An answer that the page reads: what is wrong, in words for people. */
export const message = (status: number, text: string, headers: Record<string, string> = {}) =>
  Response.json({ message: text }, { status, headers: { ...unkept, ...headers } })

/** An answer that people and programs read as it stands. */
export const plain = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { ...unkept, 'content-type': 'text/plain; charset=utf-8' },
  })

/** After how many seconds a caller with too much going on may try again: windows that are closed free their streams at once. */
export const retryAfterSeconds = 15

export const tooMuch = () =>
  message(429, 'Too much is going on from here at once. Wait a moment, and try again.', {
    'retry-after': String(retryAfterSeconds),
  })
