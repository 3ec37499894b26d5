// One file of what opens beside or above the photos, and of what shows one of them large.
export { default as ActivityPanel } from '../activity/ActivityPanel.svelte'
export { default as AlbumsPage } from '../albums/AlbumsPage.svelte'
export { default as Compare } from '../viewer/Compare.svelte'
export { default as FilterBar } from '../filter/FilterBar.svelte'
export { default as InfoPanel } from '../photos/InfoPanel.svelte'
export { default as SelectionBar } from '../grid/bars/SelectionBar.svelte'
export { default as TrashBar } from '../grid/bars/TrashBar.svelte'
export { default as Viewer } from '../viewer/Viewer.svelte'
