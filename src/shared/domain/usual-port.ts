/** Port of the browser shell where no other is chosen. */
export const usualPort = 8420

/** Where this computer itself finds the browser shell then. */
export const usualOrigin = `http://localhost:${usualPort}`
