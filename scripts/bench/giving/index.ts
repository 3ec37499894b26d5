import { withGallery } from '../common.ts'
import { benchDownload } from './download.ts'
import { benchUpload } from './upload.ts'

/** What goes out to those who take photos home, and what comes in from those who send them. */
export const benchGiving = async () => {
  await withGallery(benchDownload)
  await withGallery(benchUpload)
}
