import { implement } from '@orpc/server'
import { findAlbum, listAlbums } from '../core/albums/albums.ts'
import { isStranger, type Session } from '../core/gallery/session.ts'
import { pageOfPhotos, showPhoto } from '../core/photos/photos.ts'
import { listTags } from '../core/photos/tags.ts'
import { httpApi } from '../shared/contract/http-api.ts'
import { GalleryError } from '../shared/errors.ts'
import { refusingInContract } from './base.ts'

/** Who asks, and the images that they may see. */
export interface ApiContext {
  session: Session
  /** An image of the gallery by its address, as the session may see it (assets.ts). */
  image: (address: string) => Promise<Response>
}

const api = implement(httpApi)
  .$context<ApiContext>()
  .use(({ next }) => refusingInContract(next))

/** What an image is not there for, in the words of the contract. */
const refusal = ({ status }: Response) =>
  status === 503 ? new GalleryError('UNAVAILABLE', 'noPreview') : new GalleryError('NOT_FOUND', 'noPreview')

const preview = async ({ session, image }: ApiContext, album: string, photo: string, size: string) => {
  await showPhoto(session, album, photo)
  const answer = await image(`/preview/${size}/current?photo=${album}/${photo}`)
  if (!answer.ok) throw refusal(answer)
  const type = answer.headers.get('content-type') ?? 'image/jpeg'
  const body = new File([await answer.blob()], `${photo}-${size}.${type === 'image/webp' ? 'webp' : 'jpg'}`, {
    type,
  })
  // The same address gives visitors another picture than those who have an account.
  const cached = isStranger(session) ? 'private, no-cache' : 'private, max-age=3600'
  return { headers: { 'cache-control': cached, vary: 'authorization, cookie' }, body }
}

/** The HTTP API, by the functions that the contract is implemented with, on the caller's own connection. */
export const apiRouter = api.router({
  albums: api.albums.handler(({ context }) => listAlbums(context.session)),
  album: api.album.handler(({ context, input }) => findAlbum(context.session, input.album)),
  photos: api.photos.handler(({ context, input: { album, sort, descending, offset, limit } }) =>
    pageOfPhotos(context.session, { album, sort, descending: descending === 'true' }, offset, limit),
  ),
  photo: api.photo.handler(({ context, input }) => showPhoto(context.session, input.album, input.photo)),
  preview: api.preview.handler(({ context, input: { album, photo, size } }) =>
    preview(context, album, photo, size),
  ),
  search: api.search.handler(({ context, input: { q, album = null, offset, limit } }) =>
    pageOfPhotos(
      context.session,
      { album, sort: 'taken', descending: true, filter: { text: q } },
      offset,
      limit,
    ),
  ),
  tags: api.tags.handler(({ context }) => listTags(context.session)),
})
