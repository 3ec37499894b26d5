import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isSecure, type AppEnv } from '../request.ts'
import type { Surroundings } from '../visitor.ts'

/** The cookie that holds a session's token. */
export class SessionCookie {
  readonly #name: string
  readonly #surroundings: Surroundings

  constructor(name: string, surroundings: Surroundings) {
    this.#name = name
    this.#surroundings = surroundings
  }

  read(c: Context<AppEnv>): string | undefined {
    return getCookie(c, this.#name)
  }

  /** It goes with the browser's own session. */
  keep(c: Context<AppEnv>, token: string) {
    this.#set(c, token, {})
  }

  remove(c: Context<AppEnv>) {
    this.#set(c, '', { maxAge: 0 })
  }

  #set(c: Context<AppEnv>, token: string, age: { maxAge?: number }) {
    const secure = isSecure(c.req.raw, this.#surroundings)
    setCookie(c, this.#name, token, { httpOnly: true, sameSite: 'Strict', secure, ...age })
  }
}
