import type { Album } from '../../shared/schemas/album.ts'
import type { Branch } from '../ui/tree/tree.ts'

export type AlbumBranch = Branch<Album>
