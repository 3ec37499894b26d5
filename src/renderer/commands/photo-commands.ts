import type { GalleryState } from '../app/app-state.svelte.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'

type Action = (photoActions: PhotoActions) => unknown

const labels = { '6': 'red', '7': 'yellow', '8': 'green', '9': 'blue' } as const

const plain: Record<string, Action> = {
  p: (photoActions) => photoActions.mark('flag', 'pick'),
  x: (photoActions) => photoActions.mark('flag', 'reject'),
  u: (photoActions) => photoActions.mark('flag', null),
  t: (photoActions) => photoActions.askTags(),
  m: (photoActions) => photoActions.askWhereTo(),
  d: (photoActions) => photoActions.askDate(),
  delete: (photoActions) => photoActions.trash(),
  backspace: (photoActions) => photoActions.trash(),
}

const shifted: Record<string, Action> = { m: (photoActions) => photoActions.moveToLast() }

const command: Record<string, Action> = {
  x: (photoActions) => photoActions.cut(),
  v: (photoActions) => photoActions.paste(),
}

const digit = (key: string): Action | undefined => {
  if (/^[0-5]$/.test(key)) return (photoActions) => photoActions.mark('rating', key === '0' ? null : key)
  const label = labels[key as keyof typeof labels]
  return label ? (photoActions) => photoActions.toggleLabel(label) : undefined
}

/**
 * The keys that act on the selected photos in the grid, and on the open one in the viewer: one list for both. True where
 * the key was one of them.
 */
export const actByKey = (event: KeyboardEvent, { photoActions, navigation }: GalleryState): boolean => {
  if (event.altKey || event.repeat) return false
  const key = event.key.toLowerCase()
  const withCommand = event.ctrlKey || event.metaKey
  const list = withCommand ? command : event.shiftKey ? shifted : plain
  const action = list[key] ?? (withCommand || event.shiftKey ? undefined : digit(event.key))
  if (!action || navigation.trash) return false
  void action(photoActions)
  event.preventDefault()
  return true
}
