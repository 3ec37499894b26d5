export const drawSamples = async (_directory: string, _sharp: typeof import('sharp').default): Promise<void> => undefined
