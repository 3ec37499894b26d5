/** Fewer bytes say nothing of the line. */
const tellingBytes = 15_000
/** What comes beside other things comes slower than the line is: the best of so many tells. */
const remembered = 8

/** How fast the gallery's answers come here, by those that came. */
export class LineSpeed {
  /** Bytes a millisecond, the latest last. */
  #speeds: number[] = []

  /** Something came, in so many milliseconds after its first byte. */
  note(bytes: number, ms: number) {
    if (bytes < tellingBytes) return
    this.#speeds = [...this.#speeds, bytes / Math.max(1, ms)].slice(-remembered)
  }

  /** Milliseconds that so many bytes will take; none where nothing is known. */
  expect(bytes: number): number {
    return this.#speeds.length === 0 ? 0 : bytes / Math.max(...this.#speeds)
  }

  /** Learns from all that the page loads, and has loaded. */
  watch() {
    new PerformanceObserver((list) => {
      for (const {
        transferSize,
        responseStart,
        responseEnd,
      } of list.getEntries() as PerformanceResourceTiming[])
        this.note(transferSize, responseEnd - responseStart)
    }).observe({ type: 'resource', buffered: true })
    return this
  }
}

/** Of this page. */
export const lineSpeed = new LineSpeed().watch()
