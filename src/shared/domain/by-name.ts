const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Compares names as readers sort them: `IMG_9` before `IMG_10`, without regard to case and accents. */
export const byName = (a: string, b: string): number => collator.compare(a, b)
