import { GalleryError } from '../../shared/errors.ts'

/** What is written as the description or the cover of an album or a collection; '' for none. INVALID for what can be neither. */
export const describedValue = (field: 'description' | 'cover', to: string | null): string => {
  const value = (to ?? '').normalize('NFC').trim()
  if (!/^[\P{Cc}\n\t]*$/u.test(value) || (field === 'cover' && !/^[0-9A-Za-z]{0,10}$/.test(value)))
    throw new GalleryError('INVALID', field === 'cover' ? 'badCover' : 'badDescription')
  return value
}
