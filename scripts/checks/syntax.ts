/** A node of the syntax tree that Svelte's compiler makes of a component, of its markup, its code or its styles. */
export interface Node {
  type: string
  start: number
  [part: string]: unknown
}

export const isNode = (part: unknown): part is Node =>
  typeof part === 'object' && part !== null && 'type' in part

/** All nodes within a part of a tree, each before what is in it. */
export const nodesIn = function* (part: unknown): Generator<Node> {
  if (isNode(part)) yield part
  if (typeof part !== 'object' || part === null) return
  for (const inner of Object.values(part)) yield* nodesIn(inner)
}
