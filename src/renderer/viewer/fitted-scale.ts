/** How large a photo is seen that fits into a room, in CSS pixels for one of its own: never larger than one to one. Null without a size. */
export const fittedScale = (
  { width, height }: { width: number; height: number },
  room: { width: number; height: number },
): number | null =>
  width > 0 && height > 0
    ? Math.min(room.width / width, room.height / height, 1 / window.devicePixelRatio)
    : null
