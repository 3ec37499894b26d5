import { parseArgs } from 'node:util'
import { GalleryError, errorText } from '../shared/errors.ts'
import { parseAccountName } from '../shared/domain/account-names.ts'
import { readBase } from './base-path.ts'
import { exampleFile, nameByPattern } from '../shared/domain/naming-pattern.ts'
import { usualAccountBytes, usualUploadPattern } from '../shared/domain/uploads.ts'
import { readHosts } from './hosts.ts'
import { readEmbedders } from './sharing/page-headers.ts'
import { readProxies, type Proxies } from './proxies.ts'
import { readLoginHeader } from './ways/header-login.ts'
import { providerOptions, providerUsage, readProvider, type ProviderSettings } from './provider/settings.ts'

export interface ServerOptions {
  /** 0: any free port. Null: the usual one, or any free one where that is taken. */
  port: number | null
  host: string
  /** Names that browsers may call the server by, apart from this computer's own; none: see hosts.ts. */
  allowedHosts: string[]
  /** Folders to add to the library. */
  watch: string[]
  /** Open the user's own browser. */
  open: boolean
  /** Who is believed about whom a request is from (proxies.ts). */
  proxies: Proxies
  /** By which header listed proxies say who asks, in lower case; null: by none (ways/header-login.ts). */
  loginHeader: string | null
  /** Sites that may show public albums within their pages. */
  embedders: string[]
  /** The path that the page is below, between slashes: `/`, `/gallery/`. */
  base: string
  /** The account that follows the folders; null: the one of the user who starts the server. */
  service: string | null
  /** Where what browsers send lands; how it is named there; bytes that an account may send. Null: as the settings say. */
  uploads: { folder: string | null; pattern: string | null; bytesOfAccount: number | null }
  /** Which provider of OpenID Connect accounts log in by; null: none. */
  provider: ProviderSettings | null
}

export const usage = `Usage: cimaise serve [--port N] [--host ADDRESS] [--watch FOLDER]… [--open]
                     [--allow-host NAME]… [--base PATH] [--trusted-proxies LIST] [--behind-proxy]
                     [--login-header NAME]
                     [--embed-in SITE]…
                     [--uploads FOLDER] [--upload-pattern PATTERN] [--upload-quota GB]

Serves the gallery to browsers, and keeps its folders in step with the disk.

  --port N        port to listen on; 0 for any free one (CIMAISE_PORT)
  --host ADDRESS  address to listen on; only this computer can reach the usual one, 127.0.0.1
  --watch FOLDER  add this folder to the library; may be given several times
  --uploads FOLDER  a folder of the library in which files land that browsers send (CIMAISE_UPLOADS)
  --upload-pattern PATTERN  how they are named below the folder of their album, as import-card names copies;
                  usually ${usualUploadPattern} (CIMAISE_UPLOAD_PATTERN)
  --upload-quota GB  how much each account may send, usually ${usualAccountBytes / 1e9} (CIMAISE_UPLOAD_QUOTA)
  --open          open the page in the browser
  --allow-host NAME  a name that browsers may call the server by; may be given several times
                  (CIMAISE_ALLOWED_HOSTS, with commas); where none is given, any, unless only this computer can reach it
  --base PATH     path of a shared name that the gallery is below, as /gallery/ (CIMAISE_BASE)
  --trusted-proxies LIST  addresses and networks, with commas, of the proxies to believe about who asks, by which name and
                  whether over TLS (CIMAISE_TRUSTED_PROXIES)
  --behind-proxy  believe any client about who asks, and whether over TLS: for a server that a proxy alone can reach
                  (CIMAISE_BEHIND_PROXY=1)
  --login-header NAME  the header in which a listed proxy says which account asks, as Remote-User (CIMAISE_LOGIN_HEADER); needs
                  --trusted-proxies (docs/login.md)
  --embed-in SITE  a site that may show public albums within its pages, as https://blog.example.org; may be given several
                  times (CIMAISE_EMBED_IN, with commas); none otherwise
${providerUsage}

CIMAISE_SERVICE_ACCOUNT names the account that follows the folders, so that the server itself may do no more than that.`

const readPort = (text: string | undefined) => {
  if (text === undefined || text === '') return null
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new GalleryError('INVALID', 'notAPort', { text })
  return port
}

const readGigabytes = (text: string | undefined) => {
  if (!text) return null
  const gigabytes = Number(text)
  if (!(gigabytes >= 0 && gigabytes <= 1e6)) throw new GalleryError('INVALID', 'uploadBadSize', { text })
  return gigabytes * 1e9
}

const readPattern = (pattern: string | undefined) => {
  if (!pattern) return null
  nameByPattern(pattern, exampleFile())
  return pattern
}

const readService = (name: string | undefined) => (name ? parseAccountName(name) : null)

/** Reads the command line; null when only help is asked for. Throws INVALID for what it does not understand. */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): ServerOptions | null => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        watch: { type: 'string', multiple: true, default: [] },
        open: { type: 'boolean', default: false },
        'allow-host': { type: 'string', multiple: true, default: [] },
        uploads: { type: 'string' },
        'upload-pattern': { type: 'string' },
        'upload-quota': { type: 'string' },
        'behind-proxy': { type: 'boolean', default: false },
        'login-header': { type: 'string' },
        'trusted-proxies': { type: 'string', multiple: true, default: [] },
        base: { type: 'string' },
        'embed-in': { type: 'string', multiple: true, default: [] },
        ...providerOptions,
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return null
    // `--watch A B` reads as one would write it: what follows belongs to the library too.
    const watch = [...values.watch, ...positionals]
    const proxies = readProxies(
      [...values['trusted-proxies'], env['CIMAISE_TRUSTED_PROXIES'] ?? ''].join(),
      values['behind-proxy'] || env['CIMAISE_BEHIND_PROXY'] === '1',
    )
    return {
      port: readPort(values.port ?? env['CIMAISE_PORT']),
      host: values.host,
      allowedHosts: readHosts([...values['allow-host'], ...(env['CIMAISE_ALLOWED_HOSTS'] ?? '').split(',')]),
      watch,
      open: values.open,
      proxies,
      loginHeader: readLoginHeader(values['login-header'] ?? env['CIMAISE_LOGIN_HEADER'] ?? '', proxies),
      embedders: readEmbedders([...values['embed-in'], env['CIMAISE_EMBED_IN'] ?? ''].join()),
      base: readBase(values.base ?? env['CIMAISE_BASE'] ?? '/'),
      service: readService(env['CIMAISE_SERVICE_ACCOUNT']),
      uploads: {
        folder: (values.uploads ?? env['CIMAISE_UPLOADS']) || null,
        pattern: readPattern(values['upload-pattern'] ?? env['CIMAISE_UPLOAD_PATTERN']),
        bytesOfAccount: readGigabytes(values['upload-quota'] ?? env['CIMAISE_UPLOAD_QUOTA']),
      },
      provider: readProvider(values, env),
    }
  } catch (error) {
    if (error instanceof GalleryError) throw error
    throw new GalleryError('INVALID', 'verbatim', { text: errorText(error) })
  }
}
