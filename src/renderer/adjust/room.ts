// One file of what adjusts photos, and shows them so. Its functions are called without a component that would bring their texts.
import '../i18n/later.ts'
export { default as AdjustedPicture } from './AdjustedPicture.svelte'
export { default as AdjustMode } from './AdjustMode.svelte'
export { adjust, pasteAdjustment, resetAdjustment, turn } from './adjust-actions.ts'
