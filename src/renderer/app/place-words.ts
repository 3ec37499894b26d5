import { t } from '../i18n/index.ts'

/** Where the gallery's Redis is, in words: its address, or that this computer runs it (`where` of way-to-gallery.ts). */
export const placeWords = (redis: string): string => (redis === 'on this computer' ? t('embedded') : redis)
