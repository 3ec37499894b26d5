/** How much of red, green and blue light is in the lightness of a colour of sRGB. @see ITU-R BT.709 */
export const luminance = [0.2126, 0.7152, 0.0722] as const
