/** Where a pointer is in the element that listens to it, in CSS pixels from its upper left corner. */
export const pointIn = ({ currentTarget, clientX, clientY }: MouseEvent) => {
  const { left, top } = (currentTarget as Element).getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}
