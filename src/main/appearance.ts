import { nativeTheme } from 'electron'
import type { Schema } from 'electron-store'
import { languages, themes } from '../shared/domain/appearance.ts'
import type { Appearance } from '../shared/schemas/appearance.ts'
import { openStore } from './open-store.ts'

const schema: Schema<Appearance> = {
  language: { enum: [...languages, null] },
  theme: { enum: [...themes] },
}

const open = () =>
  openStore<Appearance>('appearance', { schema, defaults: { language: null, theme: 'system' } })

let kept: Appearance | undefined

/** What was set last on this computer. Electron must be ready. */
export const appearance = (): Appearance => (kept ??= open().store)

/** Has the system's own parts show themselves as they were set last. */
export const startAppearance = (): void => {
  nativeTheme.themeSource = appearance().theme
}

/** Has them follow, now and at the next start. */
export const setAppearance = (wanted: Appearance): void => {
  kept = wanted
  open().store = wanted
  startAppearance()
}
