import { worldPx, type MapFrame } from './map-frame.ts'
import type { WorldShapes } from './world-shapes.ts'

/** Colours as CSS has them. */
interface Colours {
  land: string
  border: string
}

/** Land that crosses 180° reaches so far beyond the edge of the world, as a part of it. */
const beyond = 0.1

/** Draws what is seen of the world, as often side by side as the stage is wide. `ratio`: pixels of the screen in one of CSS. */
export const drawWorld = (
  context: CanvasRenderingContext2D,
  frame: MapFrame,
  { land, borders }: WorldShapes,
  { colours, ratio }: { colours: Colours; ratio: number },
): void => {
  const { x, y, zoom, width, height } = frame
  const world = worldPx(zoom)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  const half = width / world / 2 + beyond
  for (let n = Math.floor(x - half); n <= Math.floor(x + half); n++) {
    const [left, top] = [width / 2 + (n - x) * world, height / 2 - y * world]
    const scale = ratio * world
    context.setTransform(scale, 0, 0, scale, ratio * left, ratio * top)
    context.fillStyle = colours.land
    context.fill(land)
    context.strokeStyle = colours.border
    context.lineWidth = 1 / world
    context.stroke(borders)
  }
}
