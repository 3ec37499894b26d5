/** How much of red, green and blue light is in the lightness of a colour of sRGB. @see ITU-R BT.709 */
export const luminance = [0.2126, 0.7152, 0.0722] as const

/** The light that a number of sRGB stands for, both from 0 to 1. @see IEC 61966-2-1 */
export const toLight = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

/** The number of sRGB that stands for so much light; more than all is all. */
export const fromLight = (light: number): number => {
  const most = Math.min(1, Math.max(0, light))
  return most <= 0.0031308 ? 12.92 * most : 1.055 * most ** (1 / 2.4) - 0.055
}
