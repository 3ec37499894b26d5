// One file of what adjusts photos, and shows them so.
export { default as AdjustedPicture } from './AdjustedPicture.svelte'
export { default as AdjustMode } from './AdjustMode.svelte'
export { adjust, pasteAdjustment, resetAdjustment, turn } from './adjust-actions.ts'
