import sharp from 'sharp'

/** Whether something is drawn over the left half of a photo of `drawPhoto`, which is of one colour; false for what is no picture. */
export const isMarked = async (picture: Uint8Array): Promise<boolean> => {
  const size =
    picture.length > 0 &&
    (await sharp(picture)
      .metadata()
      .catch(() => null))
  if (!size) return false
  const half = { left: 0, top: 0, width: Math.floor(0.45 * size.width), height: size.height }
  const { channels } = await sharp(await sharp(picture).extract(half).png().toBuffer()).stats()
  return channels.some(({ stdev }) => stdev > 3)
}
