import { join } from 'node:path'
import { GalleryError } from '../../shared/errors.ts'
import { PreviewCache } from './preview-cache.ts'

/** What the previews of a data folder take on its disk unless a setting says otherwise, in bytes. */
const usualBytes = 4 * 1024 ** 3

const units: Record<string, number> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** A number of bytes as settings have it: `500m`, `4g`, `0`. INVALID for anything else. */
const bytesOf = (text: string): number => {
  const [, number, unit] = /^(\d{1,12})([kmg]?)$/i.exec(text.trim()) ?? []
  if (number === undefined) throw new GalleryError('INVALID', 'badPreviewCacheSetting')
  return Number(number) * (units[unit?.toLowerCase() ?? ''] ?? 1)
}

/** The cache of previews below a data folder, as large as `CIMAISE_PREVIEW_CACHE` says. */
export const openPreviewCache = (home: string, env: NodeJS.ProcessEnv): PreviewCache => {
  const setting = env['CIMAISE_PREVIEW_CACHE']
  return new PreviewCache(join(home, 'cache', 'previews'), {
    maxBytes: setting ? bytesOf(setting) : usualBytes,
  })
}
