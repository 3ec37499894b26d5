import { readFileSync } from 'node:fs'
import { GalleryError, errorText } from '../../shared/errors.ts'
import { isLoopbackName } from '../hosts.ts'

/** How accounts log in by a provider of OpenID Connect. docs/login.md says what each is for. */
export interface ProviderSettings {
  issuer: URL
  clientId: string
  /** Null for a client without one, which PKCE alone protects. */
  clientSecret: string | null
  scopes: string
  /** The claim that names the groups of a person. */
  groupsClaim: string
  /** Domains of e-mail addresses that are let in; none: any. */
  domains: string[]
  /** Groups of the provider, one of which a person has to be in; none: no matter. */
  groups: string[]
  /** Whether somebody whom no account is linked to gets one. */
  createsAccounts: boolean
  /** What the button says; null: the page's own words. */
  button: string | null
  /** Where browsers find this server, with what it is below there. */
  publicUrl: URL
  /** How often the provider is asked whether a person is still one of its, in milliseconds. */
  recheckMs: number
  /** After how long without a word of the provider a session ends, in milliseconds. */
  sessionMs: number
}

/** The options of the command line, which the environment has as `CIMAISE_OIDC_ISSUER` and so on. */
export const providerOptions = {
  'oidc-issuer': { type: 'string' },
  'oidc-client-id': { type: 'string' },
  'oidc-secret-file': { type: 'string' },
  'oidc-scopes': { type: 'string' },
  'oidc-groups-claim': { type: 'string' },
  'oidc-domains': { type: 'string' },
  'oidc-groups': { type: 'string' },
  'oidc-create-accounts': { type: 'boolean' },
  'oidc-button': { type: 'string' },
  'oidc-recheck': { type: 'string' },
  'oidc-session': { type: 'string' },
  'public-url': { type: 'string' },
} as const

export const providerUsage = `  --oidc-issuer URL  accounts log in by this provider of OpenID Connect (docs/login.md; all these: CIMAISE_OIDC_ISSUER …)
  --oidc-client-id ID, --oidc-secret-file FILE  what the provider knows this server by
  --oidc-scopes WORDS  usually "openid profile email"; --oidc-groups-claim NAME  usually groups
  --oidc-domains LIST, --oidc-groups LIST  only these are let in, with commas
  --oidc-create-accounts  who is let in and has no account gets one; else an administrator links people
  --oidc-button TEXT  what the button says
  --oidc-recheck MINUTES  how often the provider is asked whether a person is still there, usually 15
  --oidc-session HOURS  when a session ends of which it says nothing, usually 8
  --public-url URL  where browsers find this server (CIMAISE_PUBLIC_URL)`

type Values = Partial<Record<keyof typeof providerOptions, string | boolean>>

const bad = (name: string, why: string) => new GalleryError('INVALID', 'providerSetting', { name, why })

/** An address that nobody on the way can read or change: over TLS, or of this computer itself. */
const readAddress = (name: string, text: string): URL => {
  const url = URL.parse(text)
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackName(url.hostname))
  if (!url || !secure) throw bad(name, 'https://')
  return url
}

const readNumber = (name: string, text: string, usual: number): number => {
  if (text === '') return usual
  const number = Number(text)
  if (!(number >= 0 && number <= 10_000)) throw bad(name, text)
  return number
}

const readSecret = (file: string, env: NodeJS.ProcessEnv): string | null => {
  if (file === '') return env['CIMAISE_OIDC_CLIENT_SECRET'] || null
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw bad('--oidc-secret-file', errorText(cause))
  }
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)

/** What the command line and the environment say; null where no provider is named. INVALID for what cannot be. */
export const readProvider = (values: Values, env: NodeJS.ProcessEnv): ProviderSettings | null => {
  const text = (name: keyof typeof providerOptions) => {
    const given = values[name] ?? env[`CIMAISE_${name.replaceAll('-', '_').toUpperCase()}`]
    return typeof given === 'string' ? given.trim() : ''
  }
  const issuer = text('oidc-issuer')
  if (issuer === '') return null
  const clientId = text('oidc-client-id')
  if (clientId === '') throw bad('--oidc-client-id', '…')
  return {
    issuer: readAddress('--oidc-issuer', issuer),
    clientId,
    clientSecret: readSecret(text('oidc-secret-file'), env),
    scopes: text('oidc-scopes') || 'openid profile email',
    groupsClaim: text('oidc-groups-claim') || 'groups',
    domains: listOf(text('oidc-domains').toLowerCase()),
    groups: listOf(text('oidc-groups')),
    createsAccounts: values['oidc-create-accounts'] === true || env['CIMAISE_OIDC_CREATE_ACCOUNTS'] === '1',
    button: text('oidc-button').slice(0, 60) || null,
    publicUrl: readAddress('--public-url', text('public-url')),
    recheckMs: readNumber('--oidc-recheck', text('oidc-recheck'), 15) * 60_000,
    sessionMs: readNumber('--oidc-session', text('oidc-session'), 8) * 3_600_000,
  }
}
