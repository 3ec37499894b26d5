/** What came of a file. `dropped`: it was none, or its folder is not registered any more. */
export type Outcome = 'added' | 'changed' | 'unchanged' | 'failed' | 'dropped'

export interface Written {
  written: Promise<Outcome | { error: unknown }>
}

/**
 * `growing`: the file is being written, read it again; `unsettled`: it has changed, and what it held may be met in another
 * file that changed with it; `written`: its batch decides. It never rejects.
 */
export type Taken = Outcome | 'growing' | 'unsettled' | Written

export interface Turn {
  /** A file that is still being written fails now. */
  lastTry: boolean
  /** What else changed together with the file has been looked at: what it held before is nowhere. */
  settled: boolean
  /** Whether nothing else is on its way, so that the photo need not wait for a batch to fill. */
  urgent: () => boolean
}
