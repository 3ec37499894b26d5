import { join } from 'node:path'
import { tileSize } from '../../../shared/domain/tiles.ts'
import type { FileIdentity } from '../index/file-identity.ts'
import { bothDigests, type Content } from '../index/first-digest.ts'
import { isRawType } from './file-type.ts'
import { upright } from './image.ts'
import { PictureError } from './picture-error.ts'
import { openPicture } from './picture-source.ts'
import { withPicture } from './read-photo.ts'

const quality = 85

/**
 * Cuts the picture of a file into tiles, in sRGB and the right way up, at its size, half of it and so on, into `folder`: as
 * `tiles_files/<level>/<column>_<row>.jpeg`, where the highest level is the sharpest; answers which content it was. Throws
 * PictureError, also of a RAW and of what is not opaque.
 */
export const tileFile = (path: string, identity: FileIdentity, folder: string): Promise<Required<Content>> =>
  withPicture(path, identity, async (file, type) => {
    const content = bothDigests(file)
    const source = isRawType(type) ? null : await openPicture(file, type, Number.MAX_SAFE_INTEGER)
    if (!source || source.said?.hasAlpha) throw new PictureError({ id: 'notAtFullSize' })
    const picture = await upright(source)
    await picture
      .jpeg({ quality, optimiseCoding: false })
      .tile({ size: tileSize, overlap: 0, layout: 'dz', depth: 'onetile', skipBlanks: -1 })
      .toFile(join(folder, 'tiles.dz'))
    return content
  })
