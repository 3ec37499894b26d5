import { t } from '../i18n/index.ts'
import { ofEverybody, type Section } from './settings-route.svelte.ts'

/** Sections that belong together, under a heading. */
export interface SectionGroup {
  name: string
  sections: { section: Section; name: string }[]
}

/** `library`: they may see and change which folders of this computer are taken in. */
interface Who {
  administrator: boolean
  library: boolean
  /** A server that takes what browsers send. */
  uploads?: boolean
}

const groups: readonly { name: () => string; sections: readonly [Section, () => string][] }[] = [
  {
    name: () => t('settingsHere'),
    sections: [
      ['general', () => t('settingsGeneral')],
      ['looking', () => t('settingsLooking')],
      ['me', () => t('myAccount')],
      ['notices', () => t('settingsNotices')],
    ],
  },
  {
    name: () => t('settingsPeople'),
    sections: [
      ['people', () => t('people')],
      ['groups', () => t('groups')],
      ['rights', () => t('whoSeesWhat')],
      ['albums', () => t('albumRights')],
      ['links', () => t('links')],
      ['logins', () => t('logins')],
      ['sessions', () => t('sessionsTitle')],
      ['record', () => t('recordTitle')],
    ],
  },
  {
    name: () => t('settingsGallery'),
    sections: [
      ['library', () => t('settingsFolders')],
      ['uploads', () => t('uploadsTitle')],
      ['statuses', () => t('statuses')],
      ['map', () => t('map')],
      ['mail', () => t('settingsMail')],
      ['redis', () => t('redis')],
      ['backup', () => t('backup')],
      ['about', () => t('settingsAbout')],
    ],
  },
]

/** The sections that somebody is shown: those that change nothing of theirs are left out. */
export const sectionsFor = ({ administrator, library, uploads = false }: Who): SectionGroup[] => {
  const isShown = (section: Section) =>
    section === 'library'
      ? library
      : (administrator && (section !== 'uploads' || uploads)) || ofEverybody.includes(section)
  return groups
    .map(({ name, sections }) => ({
      name: name(),
      sections: sections
        .filter(([section]) => isShown(section))
        .map(([section, label]) => ({ section, name: label() })),
    }))
    .filter(({ sections }) => sections.length > 0)
}
