/**
 * `npm run check:direction`: styles say start and end, not left and right, so that the window is the other way round where it is
 * read from the right. What lies on a picture or on the map, or where the pointer is, stays physical: it stands below, with its reason.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'
import { nodesIn } from './syntax.ts'

const root = join(import.meta.dirname, '../../src/renderer')

/** Which files may name a side, and why. */
const physical: Record<string, string> = {
  'adjust/AdjustStage.svelte': 'lies on the picture',
  'adjust/AdjustedPicture.svelte': 'lies on the picture',
  'adjust/CropBox.svelte': 'lies on the picture',
  'app/App.svelte': 'the parts of a screen that are not safe do not turn with the language',
  'comments/SpotMarks.svelte': 'lies on the picture',
  'map/MapCluster.svelte': 'lies on the map',
  'map/MapTiles.svelte': 'lies on the map',
  'styles/controls.css': 'a tick leans the same way in every language',
  'ui/menus/Menu.svelte': 'stands where the pointer is',
  'viewer/LoupeGlass.svelte': 'lies on the picture',
  'viewer/Neighbour.svelte': 'follows the finger',
  'viewer/PhotoCanvas.svelte': 'lies on the picture',
  'viewer/TiledPhoto.svelte': 'lies on the picture',
  'visitors/VisitorPage.svelte': 'the parts of a screen that are not safe do not turn with the language',
}

const named =
  /^(?:left|right|(?:(?:scroll-)?(?:margin|padding)|border)-(?:left|right)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius)$/
const sided = new Set(['text-align', 'float', 'clear', 'justify-content', 'justify-items', 'justify-self'])
const four = new Set(['margin', 'padding', 'inset', 'border-width', 'border-style', 'border-color'])

/** The values of a property that stand apart, with what is in brackets kept together. */
const partsOf = (value: string) =>
  value.replace(/!important$/, '').match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? []

const isPhysical = (property: string, value: string): boolean => {
  if (named.test(property)) return true
  if (sided.has(property)) return /\b(?:left|right)\b/.test(value)
  if (property === 'transform') return /translate(?:X|3d)?\((?!0[,)]|calc\([^)]*var\(--forward\))/.test(value)
  const [, right, , left] = four.has(property) ? partsOf(value) : []
  return left !== undefined && left !== right
}

/** What names a side in a component, or in a style sheet: `property: value`. */
export const sidesIn = (code: string, isSheet = false): string[] =>
  [...nodesIn(parse(isSheet ? `<style>${code}</style>` : code, { modern: true }))].flatMap((node) => {
    if (node.type === 'StyleDirective')
      return named.test(String(node['name'])) ? [`style:${String(node['name'])}`] : []
    if (node.type !== 'Declaration') return []
    const [property, value] = [String(node['property']), String(node['value'])]
    return isPhysical(property, value) ? [`${property}: ${value}`] : []
  })

if (import.meta.main) {
  const files = globSync('**/*.{css,svelte}', { cwd: root }).sort()
  const told = files.flatMap((file) => {
    const found = sidesIn(readFileSync(join(root, file), 'utf8'), file.endsWith('.css'))
    if (!(file in physical)) return found.map((what) => `src/renderer/${file} has ${what}: say start or end`)
    return found.length > 0
      ? []
      : [`${file} names no side any more: it need not stand in scripts/checks/direction.ts`]
  })
  const gone = Object.keys(physical).filter((file) => !files.includes(file))
  told.push(...gone.map((file) => `${file} is not there: it need not stand in scripts/checks/direction.ts`))
  for (const line of told) console.error(line)
  process.exitCode = told.length > 0 ? 1 : 0
}
