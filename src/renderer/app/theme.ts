import type { Theme } from '../../shared/domain/appearance.ts'

const forced = window.matchMedia('(forced-colors: active)')

/** Loads what tells by outlines what colours tell elsewhere, where the system forces its own. */
export const followForcedColours = (): void => {
  const load = () => void (forced.matches && import('../styles/forced-colors.css'))
  forced.addEventListener('change', load)
  load()
}

/** Colours the page, and what a phone draws around it, light or dark, or as the system is. */
export const showTheme = (theme: Theme): void => {
  document.documentElement.style.colorScheme = theme === 'system' ? '' : theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const of = (meta.dataset['of'] ??= meta.media.includes('dark') ? 'dark' : 'light')
    meta.media = theme === 'system' ? `(prefers-color-scheme: ${of})` : theme === of ? 'all' : 'not all'
  }
}
