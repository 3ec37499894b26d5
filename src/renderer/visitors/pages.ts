// One file of what visitors have in place of the window.
export { default as LinkPage } from './LinkPage.svelte'
export { default as VisitorPage } from './VisitorPage.svelte'
