/** How the keyboard moves in the grid, as the help tells it. */
export const gridMovement = [
  { label: 'keyMove', keys: ['←', '→', '↑', '↓'] },
  { label: 'keyExtend', keys: ['⇧', '←', '→'] },
  { label: 'keyToggle', keys: ['$mod', '→', 'Space'] },
  { label: 'keyEnds', keys: ['Home', 'End'] },
] as const

/** How the keyboard moves photos in the grid in one's own order. */
export const gridOrder = [{ label: 'keyOrder', keys: ['Alt', '←', '→'] }] as const
