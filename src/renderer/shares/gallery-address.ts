import { usualOrigin } from '../../shared/domain/usual-port.ts'

const key = 'cimaise:address'

/** Where others find the gallery: as it was entered here last, or where this page came from; of a desktop, the usual address. */
export const galleryAddress = (): string => {
  const here = window.desktop ? usualOrigin : new URL('./', document.baseURI).href
  try {
    return localStorage.getItem(key) ?? here
  } catch {
    return here
  }
}

/** Keeps another one for the links that are shown in this window. */
export const keepAddress = (address: string): void => {
  try {
    localStorage.setItem(key, address)
  } catch {
    // a browser that keeps nothing asks again
  }
}

/** Whom an address leads to the gallery: `here` this computer alone, `near` those in its network; null for what is no address. */
export const reachOf = (address: string): 'here' | 'near' | 'all' | null => {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  const name = url.hostname
  if (name === 'localhost' || name === '[::1]' || name.startsWith('127.')) return 'here'
  const isNear =
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(name) ||
    /^\[f[cde]/.test(name) ||
    /\.local$/.test(name) ||
    !/[.:]/.test(name)
  return isNear ? 'near' : 'all'
}
