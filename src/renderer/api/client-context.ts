import { createContext } from 'svelte'
import type { Client } from './client.ts'

export const [getClient, setClient] = createContext<Client>()
