import { plainText } from '../../shared/domain/fold-text.ts'
import { t } from '../i18n/index.ts'
import type { SectionGroup } from './sections.ts'
import type { Section } from './settings-route.svelte.ts'

/** One setting, or a whole section, as it is found by its words. */
export interface Findable {
  section: Section
  sectionName: string
  /** Of the row that is shown; null for the section itself. */
  setting: SettingName | null
  title: string
  text: string
}

/** Every setting that has a row of its own: its section, its title and what it says of itself. */
export const settingRows = {
  language: ['general', () => t('settingLanguage'), () => t('settingLanguageText')],
  theme: ['general', () => t('settingTheme'), () => t('settingThemeText')],
  thumbnails: ['general', () => t('thumbSize'), () => t('settingThumbnailsText')],
  wall: ['general', () => t('wall'), () => t('settingWallText')],
  notifications: ['general', () => t('settingNotifications'), () => t('settingNotificationsText')],
  updates: ['general', () => t('settingUpdates'), () => t('settingUpdatesText')],
  advance: ['looking', () => t('advance'), () => t('settingAdvanceText')],
  filmstrip: ['looking', () => t('filmstrip'), () => t('settingFilmstripText')],
  histogram: ['looking', () => t('histogram'), () => t('settingHistogramText')],
  peaking: ['looking', () => t('peaking'), () => t('settingPeakingText')],
  slideSeconds: ['looking', () => t('settingSlides'), () => t('settingSlidesText')],
  slideOrder: ['looking', () => t('settingSlideOrder'), () => t('settingSlideOrderText')],
  slidesFade: ['looking', () => t('slidesFade'), () => t('settingSlideFadeText')],
  'mail-photos': ['notices', () => t('mailPhotos'), () => t('mailPhotosText')],
  'mail-comments': ['notices', () => t('mailComments'), () => t('mailCommentsText')],
  'mail-selection': ['notices', () => t('mailSelections'), () => t('mailSelectionsText')],
  'mail-links': ['notices', () => t('mailLinks'), () => t('mailLinksText')],
  'mail-imports': ['notices', () => t('mailImports'), () => t('mailImportsText')],
  codes: ['me', () => t('codes'), () => t('codesText')],
  passkeys: ['me', () => t('passkeys'), () => t('passkeysText')],
  tokens: ['me', () => t('tokens'), () => t('tokensText')],
  factor: ['logins', () => t('factor'), () => t('factorText')],
  providerGroups: ['logins', () => t('providerGroups'), () => t('loginsText')],
} as const satisfies Record<string, readonly [Section, () => string, () => string]>

export type SettingName = keyof typeof settingRows

/** Settings that a browser has not. */
const ofDesktop = new Set<string>(['updates'])

/** All that the sections hold which somebody is shown, in a browser or in the desktop app. */
export const findables = (groups: SectionGroup[], isDesktop: boolean): Findable[] =>
  groups
    .flatMap(({ sections }) => sections)
    .flatMap(({ section, name }) => [
      { section, sectionName: name, setting: null, title: name, text: '' },
      ...Object.entries(settingRows)
        .filter(([setting, [of]]) => of === section && (isDesktop || !ofDesktop.has(setting)))
        .map(([setting, [, title, text]]) => ({
          section,
          sectionName: name,
          setting: setting as SettingName,
          title: title(),
          text: text(),
        })),
    ])

/** Those that have each word somewhere, whatever its case and accents. */
export const findSettings = (all: Findable[], words: string): Findable[] => {
  const wanted = plainText(words)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (wanted.length === 0) return []
  const holds = ({ sectionName, title, text }: Findable) => {
    const said = plainText(`${sectionName} ${title} ${text}`)
    return wanted.every((word) => said.includes(word))
  }
  return all.filter(holds)
}
