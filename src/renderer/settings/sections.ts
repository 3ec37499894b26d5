import { t } from '../i18n/index.ts'
import type { Section } from './settings-route.svelte.ts'

/** Sections that belong together, under a heading. */
export interface SectionGroup {
  name: string
  sections: { section: Section; name: string }[]
}

/** `library`: they may see and change which folders of this computer are taken in. */
interface Who {
  administrator: boolean
  library: boolean
}

/** The sections that somebody is shown: those that change nothing of theirs are left out. */
export const sectionsFor = ({ administrator, library }: Who): SectionGroup[] => [
  {
    name: t('settingsHere'),
    sections: [
      { section: 'general', name: t('settingsGeneral') },
      { section: 'looking', name: t('settingsLooking') },
      { section: 'me', name: t('myAccount') },
    ],
  },
  ...(administrator
    ? [
        {
          name: t('settingsPeople'),
          sections: [
            { section: 'people' as const, name: t('people') },
            { section: 'groups' as const, name: t('groups') },
            { section: 'rights' as const, name: t('whoSeesWhat') },
            { section: 'albums' as const, name: t('albumRights') },
            { section: 'links' as const, name: t('links') },
            { section: 'sessions' as const, name: t('sessionsTitle') },
            { section: 'record' as const, name: t('recordTitle') },
          ],
        },
      ]
    : []),
  {
    name: t('settingsGallery'),
    sections: [
      ...(library ? [{ section: 'library' as const, name: t('settingsFolders') }] : []),
      ...(administrator ? [{ section: 'statuses' as const, name: t('statuses') }] : []),
      { section: 'redis', name: t('redis') },
      ...(administrator ? [{ section: 'backup' as const, name: t('backup') }] : []),
      { section: 'about', name: t('settingsAbout') },
    ],
  },
]
