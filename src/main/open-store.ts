import Store, { type Options } from 'electron-store'

/**
 * Opens what this computer keeps under a name, as a file among Electron's own data. One that was damaged is no reason not to start: it
 * begins anew.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- as in electron-store: interfaces are no Record of unknown
export const openStore = <T extends Record<string, any>>(
  name: string,
  options: Omit<Options<T>, 'name' | 'clearInvalidConfig'>,
): Store<T> => new Store<T>({ ...options, name, clearInvalidConfig: true })
