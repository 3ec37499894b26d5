import type { Theme } from '../../shared/domain/appearance.ts'

/** Colours the page, and what a phone draws around it, light or dark, or as the system is. */
export const showTheme = (theme: Theme): void => {
  document.documentElement.style.colorScheme = theme === 'system' ? '' : theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const of = (meta.dataset['of'] ??= meta.media.includes('dark') ? 'dark' : 'light')
    meta.media = theme === 'system' ? `(prefers-color-scheme: ${of})` : theme === of ? 'all' : 'not all'
  }
}
