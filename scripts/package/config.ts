/** What goes into the packages, and how they are made: the configuration of electron-builder. docs/packaging.md tells why. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { languages } from '../../src/shared/domain/appearance.ts'
import { appId } from '../../src/shared/domain/app-id.ts'

/** Packages that the decoder imports: its process runs outside the archive, and so does what it asks for. */
const ofDecoder = [
  '@imagemagick',
  '@img',
  '@xmldom',
  'detect-libc',
  'exifreader',
  'mediabunny',
  'semver',
  'sharp',
  'workerpool',
]

/** What packages bring along that the program never reads. Licences and notices stay. */
const unread = [
  '!**/*.{map,ts,mts,cts,md,markdown,flow,tsbuildinfo,h}',
  '!**/node_modules/**/.*',
  '!**/{test,tests,__tests__,example,examples,bench,benchmark,docs}/**',
  '!**/node_modules/{exifreader,mediabunny,zod}/src/**',
  '!**/node_modules/mediabunny/dist/bundles/**',
  '!**/node_modules/@imagemagick/magick-wasm/dist/x64/**',
  'node_modules/**/{LICENSE,LICENCE,COPYING,NOTICE}*',
]

/** What the desktop entry on Linux says that it opens. */
const mimeTypes = [
  'inode/directory',
  ...'jpeg png webp avif gif tiff heic heif bmp jxl jp2 x-tga qoi vnd.adobe.photoshop'
    .split(' ')
    .map((type) => `image/${type}`),
  ...'adobe-dng canon-cr2 canon-cr3 fuji-raf nikon-nef olympus-orf panasonic-rw2 pentax-pef sony-arw'
    .split(' ')
    .map((type) => `image/x-${type}`),
  ...'mp4 quicktime x-matroska webm'.split(' ').map((type) => `video/${type}`),
]

/** The same for macOS, which knows what is a kind of what. It is offered, and never becomes the usual program by itself. */
const documentTypes = [
  ['Photo', 'public.image', 'public.camera-raw-image'],
  ['Video', 'public.movie'],
  ['Folder', 'public.folder', 'public.volume'],
].map(([name, ...types]) => ({
  CFBundleTypeName: name,
  CFBundleTypeRole: 'Viewer',
  LSHandlerRank: 'Alternate',
  LSItemContentTypes: types,
}))

/** What macOS shows beside the question whether the program may read there. */
const readsPhotos = 'Cimaise shows the photos in the folders that you add.'
const usageDescriptions = Object.fromEntries(
  ['DesktopFolder', 'DocumentsFolder', 'DownloadsFolder', 'RemovableVolumes', 'NetworkVolumes'].map(
    (place) => [`NS${place}UsageDescription`, readsPhotos],
  ),
)

/** Where newer versions are put, as the packages ask for them; without it they update themselves from nowhere. */
const updatesFrom = process.env['CIMAISE_UPDATES_URL']
if (updatesFrom !== undefined && !updatesFrom.startsWith('https://'))
  throw new Error('CIMAISE_UPDATES_URL is no https: address: what comes from there is run.')

const messages = join(import.meta.dirname, '../../src/shared/messages')
const wordsIn = (language: string) =>
  JSON.parse(readFileSync(join(messages, language, 'desktop.json'), 'utf8')) as { addFolder: string }
const en = wordsIn('en')
const translated = languages.filter((tag) => tag !== 'en' && existsSync(join(messages, tag)))

const forLinux: Partial<Configuration> = {
  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    icon: 'resources/icons',
    category: 'Graphics',
    synopsis: 'A photo gallery',
    maintainer: 'The authors of Cimaise <authors@cimaise.invalid>',
    vendor: 'Cimaise',
    executableName: 'cimaise',
    syncDesktopName: true,
    mimeTypes,
    desktop: {
      entry: {
        Keywords: 'photo;picture;image;gallery;album;raw;',
        StartupNotify: 'true',
        Actions: 'add-folder;',
      },
      desktopActions: {
        'add-folder': {
          Name: en.addFolder,
          ...Object.fromEntries(
            translated.map((language) => [`Name[${language}]`, wordsIn(language).addFolder]),
          ),
          Exec: 'cimaise --add-folder',
        },
      },
    },
  },
}

/** Whether there is a certificate to sign with. Without one the program is sealed by itself, as Macs with Apple's processors ask. */
const hasCertificate = Boolean(process.env['CSC_LINK'] || process.env['CSC_NAME'])

const forMac: Partial<Configuration> = {
  mac: {
    target: ['dmg'],
    ...(hasCertificate ? {} : { identity: '-' }),
    icon: 'resources/icon.icns',
    category: 'public.app-category.photography',
    // Its check of libraries refuses all that have no certificate's team.
    hardenedRuntime: hasCertificate,
    gatekeeperAssess: false,
    entitlements: 'resources/entitlements.mac.plist',
    entitlementsInherit: 'resources/entitlements.mac.plist',
    extendInfo: { CFBundleDocumentTypes: documentTypes, ...usageDescriptions },
  },
  dmg: { title: '${productName} ${version}' },
}

const forWindows: Partial<Configuration> = {
  win: { target: ['nsis'], icon: 'resources/icon.ico' },
  nsis: {
    oneClick: true,
    perMachine: false,
    include: 'resources/installer.nsh',
    deleteAppDataOnUninstall: false,
  },
}

/** Whether there is a Redis to go along, which the names of packages tell. */
const hasServer = existsSync(join(import.meta.dirname, '../../resources/redis'))

const configuration: Configuration = {
  appId,
  productName: 'Cimaise',
  copyright: 'Copyright © 2026 the authors of Cimaise',
  directories: { buildResources: 'resources', output: 'dist' },
  artifactName: `\${productName}-\${version}-\${os}-\${arch}${hasServer ? '' : '-without-redis'}.\${ext}`,
  // By its desktop entry a window is known for one of this program.
  extraMetadata: { desktopName: 'cimaise.desktop' },
  files: [
    'package.json',
    'LICENSE',
    'out/{main,preload,renderer}/**',
    // What the browser shell sends in place of a file.
    '!out/renderer/**/*.{br,gz}',
    ...unread,
  ],
  asarUnpack: ['package.json', 'out/main/**', `node_modules/{${ofDecoder.join(',')}}/**`],
  extraResources: ['redis', 'samples', 'fonts'].map((folder) => ({
    from: `resources/${folder}`,
    to: folder,
  })),
  // Chromium's own texts; ours are in the program.
  electronLanguages: ['en-US', 'en-GB', ...translated],
  electronFuses: {
    // The supervisor of Redis and the decoders run on the program itself.
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [{ name: 'Cimaise', role: 'Viewer', schemes: ['cimaise'] }],
  // What is native comes built for each system.
  npmRebuild: false,
  publish: updatesFrom === undefined ? null : { provider: 'generic', url: updatesFrom },
  ...forLinux,
  ...forMac,
  ...forWindows,
}

export default configuration
