import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FrameTurns } from './frame-turns.svelte.ts'

let frames: FrameRequestCallback[] = []
let now = 1000

beforeEach(() => {
  frames = []
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame))
})
afterEach(() => void vi.restoreAllMocks())

/** The next frame, which took so many milliseconds. */
const frame = (took = 16) => {
  now += took
  for (const begin of frames.splice(0)) begin(now)
}
const takes = (turns: FrameTurns, asked: number) =>
  Array.from({ length: asked }, () => turns.take()).filter((taken) => taken).length

test('a frame has so many turns, and the next one as many again', () => {
  const turns = new FrameTurns(2)
  expect(takes(turns, 5)).toBe(2)
  frame()
  expect(takes(turns, 5)).toBe(2)
})

test('no frame is waited for once nobody is refused', () => {
  const turns = new FrameTurns(1)
  takes(turns, 2)
  frame()
  takes(turns, 1)
  frame()
  expect(frames).toHaveLength(0)
})

test('late frames take no turn while movement goes first, but for one in four', () => {
  const turns = new FrameTurns(2, () => true)
  takes(turns, 2)
  frame()
  expect(takes(turns, 2)).toBe(2)
  const taken = Array.from({ length: 8 }, () => {
    frame(40)
    return takes(turns, 2)
  })
  expect(taken).toEqual([0, 0, 0, 1, 0, 0, 0, 1])
  frame()
  expect(takes(turns, 2)).toBe(2)
})

test('late frames have all turns once it rests', () => {
  let moves = true
  const turns = new FrameTurns(2, () => moves)
  takes(turns, 2)
  frame()
  moves = false
  frame(40)
  expect(takes(turns, 2)).toBe(2)
})
