/** Under which systems know the program for itself: its settings on macOS, its icon in the taskbar of Windows. It stays for ever. */
export const appId = 'app.cimaise.Cimaise'
