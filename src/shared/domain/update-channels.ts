/** Which newer versions of the program may be looked for: `off` asks nobody. */
export const updateChannels = ['off', 'stable', 'beta'] as const
