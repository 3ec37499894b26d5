/** 268 million pixels: what a picture may unfold to in memory. One that claims more is not decoded at all. */
export const pixelLimit = 16383 * 16383
