/** So much a pixel differs from its neighbours, of 255 and all four together, where an edge is sharp. */
const sharp = 40

/** Lightness of each pixel, 0 to 255. @param pixels Red, green, blue and alpha of one after the other, as a canvas gives them. */
const lightOf = (pixels: Uint8ClampedArray): Uint8Array => {
  const light = new Uint8Array(pixels.length / 4)
  for (let i = 0; i < light.length; i++) {
    const [r = 0, g = 0, b = 0] = [pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]]
    light[i] = (54 * r + 183 * g + 19 * b) >> 8
  }
  return light
}

/**
 * Which pixels are at sharp edges: 1 for each of them, 0 for the others. Those at the rim of the picture have no neighbours to differ from.
 *
 * @param pixels - As `ImageData` has them, so many as `width` and `height` say.
 */
export const sharpPixels = (pixels: Uint8ClampedArray, width: number, height: number): Uint8Array => {
  const light = lightOf(pixels)
  const found = new Uint8Array(light.length)
  const at = (i: number) => light[i] ?? 0
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const differs = 4 * at(i) - at(i - 1) - at(i + 1) - at(i - width) - at(i + width)
      if (differs > sharp || differs < -sharp) found[i] = 1
    }
  return found
}

/** Draws what is sharp in a decoded picture onto a canvas of its size, in a colour (red, green, blue); the rest stays clear. */
export const drawPeaking = (
  canvas: HTMLCanvasElement,
  image: HTMLImageElement,
  [red, green, blue]: readonly [number, number, number],
): void => {
  const { naturalWidth: width, naturalHeight: height } = image
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || width === 0 || height === 0) return
  context.drawImage(image, 0, 0)
  const picture = context.getImageData(0, 0, width, height)
  const found = sharpPixels(picture.data, width, height)
  for (let i = 0; i < found.length; i++) picture.data.set([red, green, blue, found[i] === 1 ? 255 : 0], 4 * i)
  context.putImageData(picture, 0, 0)
}
