import type { GalleryState } from '../app/app-state.svelte.ts'
import type { Organiser } from '../photos/photo-actions.svelte.ts'

type Action = (organiser: Organiser) => unknown

const labels = { '6': 'red', '7': 'yellow', '8': 'green', '9': 'blue' } as const

const plain: Record<string, Action> = {
  p: (organiser) => organiser.mark('flag', 'pick'),
  x: (organiser) => organiser.mark('flag', 'reject'),
  u: (organiser) => organiser.mark('flag', null),
  t: (organiser) => organiser.askTags(),
  m: (organiser) => organiser.askWhereTo(),
  d: (organiser) => organiser.askDate(),
  delete: (organiser) => organiser.trash(),
  backspace: (organiser) => organiser.trash(),
}

const shifted: Record<string, Action> = { m: (organiser) => organiser.moveToLast() }

const command: Record<string, Action> = {
  x: (organiser) => organiser.cut(),
  v: (organiser) => organiser.paste(),
}

const digit = (key: string): Action | undefined => {
  if (/^[0-5]$/.test(key)) return (organiser) => organiser.mark('rating', key === '0' ? null : key)
  const label = labels[key as keyof typeof labels]
  return label ? (organiser) => organiser.toggleLabel(label) : undefined
}

/**
 * The keys that act on the selected photos in the grid, and on the open one in the viewer: one list for both. True where
 * the key was one of them.
 */
export const actByKey = (event: KeyboardEvent, { organiser, place }: GalleryState): boolean => {
  if (event.altKey || event.repeat) return false
  const key = event.key.toLowerCase()
  const withCommand = event.ctrlKey || event.metaKey
  const list = withCommand ? command : event.shiftKey ? shifted : plain
  const action = list[key] ?? (withCommand || event.shiftKey ? undefined : digit(event.key))
  if (!action || place.trash) return false
  void action(organiser)
  event.preventDefault()
  return true
}
