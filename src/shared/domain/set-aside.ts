import type { HoldingKind, SetAside } from '../schemas/account.ts'

const kinds: readonly string[] = ['memory', 'record', 'stream', 'albums'] satisfies HoldingKind[]

/** How it stands in the account's record. */
export const setAsideText = ({ kind, amount, at }: SetAside): string => `${kind} ${amount} ${at}`

/** From there; null where it is none. */
export const parseSetAside = (text: string | undefined): SetAside | null => {
  const [kind = '', amount = '', at] = (text ?? '').split(' ')
  if (!kinds.includes(kind) || !/^\d{1,15}$/.test(amount) || at === undefined) return null
  return { kind: kind as HoldingKind, amount: Number(amount), at }
}
