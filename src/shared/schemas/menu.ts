import { z } from 'zod'
import { AlbumId, PhotoId } from './ids.ts'

/**
 * A command of the page as a menu of the desktop app shows it. `accelerator` is its keys as Electron writes them, which reach
 * the page without the menu; null where none are shown.
 */
export const MenuCommand = z.object({
  id: z.string().max(40),
  menu: z.enum(['file', 'edit', 'photo', 'view']),
  label: z.string().max(400),
  accelerator: z.string().max(40).nullable(),
})

/** What the page is to do: one of its commands, by its id, or to open a photo. */
export const Wish = z.union([z.string(), z.object({ album: AlbumId, photo: PhotoId })])

export type MenuCommand = z.infer<typeof MenuCommand>
export type Wish = z.infer<typeof Wish>
