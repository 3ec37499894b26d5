import type { GridLayout } from './grid-layout.ts'
import type { Selection } from './selection.svelte.ts'

/** How far a key moves the cursor of a grid; null where it does not. */
const step = (
  key: string,
  { columns }: GridLayout,
  pageRows: number,
  cursor: number,
  total: number,
): number | null => {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: cursor >= columns ? -columns : 0,
    ArrowDown: cursor + columns < total ? columns : 0,
    PageUp: -pageRows * columns,
    PageDown: pageRows * columns,
    Home: -cursor,
    End: total - 1 - cursor,
  }
  return steps[key] ?? null
}

/** Moves the cursor as the keys of a grid do; true where the key was one of them. */
export const moveByKey = (
  event: KeyboardEvent,
  selection: Selection,
  layout: GridLayout,
  pageRows: number,
  total: number,
): boolean => {
  const cursor = Math.max(0, selection.cursor)
  const by = step(event.key, layout, pageRows, cursor, total)
  if (by === null || total === 0 || event.altKey) return false
  // The first key only shows where the cursor is, at the first photo.
  const index =
    selection.cursor < 0 && !['Home', 'End'].includes(event.key)
      ? 0
      : Math.min(total - 1, Math.max(0, cursor + by))
  if (event.shiftKey) void selection.extend(index)
  else if (event.ctrlKey || event.metaKey) selection.moveTo(index)
  else selection.select(index)
  return true
}
