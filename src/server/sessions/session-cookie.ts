import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { AppEnv } from '../request.ts'
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

  /** The same of a header as it came. */
  readFrom(header: string | undefined): string | undefined {
    return header && parse(header, this.#name)[this.#name]
  }

  /** It goes with the browser's own session. */
  keep(c: Context<AppEnv>, token: string) {
    this.#set(c, token, {})
  }

  remove(c: Context<AppEnv>) {
    this.#set(c, '', { maxAge: 0 })
  }

  #set(c: Context<AppEnv>, token: string, age: { maxAge?: number }) {
    const { base: path } = this.#surroundings
    const { secure } = c.var.visitor
    setCookie(c, this.#name, token, { path, httpOnly: true, sameSite: 'Strict', secure, ...age })
  }
}
