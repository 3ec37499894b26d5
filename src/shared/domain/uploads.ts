/** Where browsers send files to, by the protocol tus. */
export const uploadPath = '/upload'

/** Bytes that a browser sends in one request: few enough for a slow line to finish within the server's limit for a request. */
export const uploadChunkBytes = 4 * 1024 ** 2

/** What is sent is named so below the folder of its album, where nothing else is asked for (naming-pattern.ts). */
export const usualUploadPattern = '{year}-{month}/{name}'

const gigabyte = 1e9

/** Bytes that the visitors of a link may send together: what an administrator chooses from. */
export const linkUploadChoices = [1, 10, 100].map((gigabytes) => gigabytes * gigabyte)

/** Bytes that an account may send to one server, where its owner says nothing else. */
export const usualAccountBytes = 100 * gigabyte

/** Files that the visitors of a link, or an account, may send. */
export const maxLinkFiles = 5000
export const maxAccountFiles = 100_000

/** The largest file that is taken, in bytes. */
export const maxUploadBytes = 8 * gigabyte

/** What became of a file that was sent whole: it landed, or the album has it already. */
export type Landed = 'taken' | 'known'

/** What a browser offers to choose: its own dialog may show all else too, and what is sent is judged by its content. */
export const acceptedFiles =
  'image/*,video/*,.heic,.heif,.dng,.nef,.nrw,.cr2,.cr3,.crw,.arw,.raf,.orf,.rw2,.pef,.srw,.3fr,.iiq,.x3f,.mts,.m2ts'
