import { defineConfig } from 'vitepress'

const page = (text: string, link: string) => ({ text, link })

export default defineConfig({
  lang: 'en',
  title: 'Cimaise',
  description: 'How to look at, organise and share photos with Cimaise.',
  cleanUrls: false,
  lastUpdated: false,
  // A link that leads nowhere fails the build; examples of one's own machine are none.
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
    nav: [
      page('Keyboard card', '/keyboard'),
      page('Questions', '/questions'),
      page('Changes', '/release-notes'),
    ],
    sidebar: [
      {
        text: 'Photographers',
        items: [
          page('Getting started', '/getting-started'),
          page('Looking at photos', '/looking'),
          page('Choosing the best', '/culling'),
          page('Organising', '/organising'),
          page('Finding', '/finding'),
          page('Map and time', '/map-and-time'),
          page('Cropping and adjusting', '/adjusting'),
          page('Sharing', '/sharing'),
          page('Export, download and print', '/export'),
          page('Your files', '/your-files'),
          page('Keyboard card', '/keyboard'),
        ],
      },
      { text: 'Visitors', items: [page('You were sent a link', '/visitors')] },
      {
        text: 'Administrators',
        items: [
          page('People and rights', '/people'),
          page('Backup and restore', '/backup'),
          page('Several machines', '/several-machines'),
        ],
      },
      {
        text: 'Coming from',
        items: [
          page('Another program', '/coming-from'),
          page('Lightroom Classic', '/coming-from-lightroom'),
          page('digiKam', '/coming-from-digikam'),
          page('Google Photos', '/coming-from-google-photos'),
          page('Apple Photos', '/coming-from-apple-photos'),
          page('Immich', '/coming-from-immich'),
        ],
      },
      { text: 'Help', items: [page('Questions', '/questions'), page('What is new', '/release-notes')] },
      {
        text: 'In detail',
        collapsed: true,
        items: [
          page('What a search understands', '/reference-finding'),
          page('What is read of a file', '/reference-metadata'),
          page('Several files, one photo', '/reference-pairs-and-stacks'),
          page('Statuses', '/reference-statuses'),
          page('Clients choose photos', '/reference-selection'),
          page('Uploads by browser', '/reference-uploads'),
          page('Mail', '/reference-mail'),
          page('Logging in by a provider', '/reference-login'),
          page('HTTP API', '/reference-http-api'),
          page('Docker', '/reference-docker'),
          page('Several machines', '/reference-operations'),
          page('Packages', '/reference-packaging'),
        ],
      },
    ],
  },
})
