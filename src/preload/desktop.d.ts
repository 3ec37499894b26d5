/** What the desktop shell adds to the page; a browser has none of it. */
interface Window {
  readonly desktop?: {
    /** The path of a file or folder that was dropped on the window; empty where it has none. */
    pathForFile(file: File): string
  }
}
