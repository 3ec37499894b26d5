import { inRow } from '../../i18n/forward.ts'
import type { Menus } from './menus.svelte.ts'

/** Goes up and down between lines, and side by side within a row of choices, around their ends. */
const moves = (list: HTMLElement): Record<string, () => HTMLElement | undefined> => {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const lineOf = (button: HTMLElement | undefined) => button?.closest('.choices') ?? button
  const lines = [...new Set(buttons.map(lineOf))]
  const line = lines.indexOf(lineOf(buttons[at]))
  const inLine = buttons.filter((button) => lineOf(button) === lines[line])
  const lineAt = (n: number) => buttons.find((button) => lineOf(button) === lines.at(n))
  const beside = (by: number) =>
    inLine.at((inLine.indexOf(buttons[at] as HTMLButtonElement) + by) % inLine.length)
  return {
    ArrowDown: () => lineAt((line + 1) % lines.length),
    ArrowUp: () => lineAt(line < 0 ? -1 : line - 1),
    ArrowRight: () => beside(1),
    ArrowLeft: () => beside(-1),
    Home: () => buttons[0],
    End: () => buttons.at(-1),
  }
}

/** The next item that begins with a letter. */
const startingWith = (list: HTMLElement, letter: string) => {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  return [...buttons.slice(at + 1), ...buttons].find((button) =>
    button.textContent.trim().toLowerCase().startsWith(letter),
  )
}

/** What the keys do in the menu that is open. `back` leads out of the group that was entered. */
export const pressMenuKey = (event: KeyboardEvent, menus: Menus, back: () => void): void => {
  const list = event.currentTarget as HTMLElement
  const focused = document.activeElement as HTMLElement
  const isAlone = !focused.closest('.choices')
  const letter = event.key.length === 1 && event.key !== ' ' ? event.key.toLowerCase() : ''
  const key = inRow(event.key)
  const move = moves(list)[key]
  if (key === 'ArrowRight' && focused.ariaHasPopup) focused.click()
  else if (menus.group && (key === 'Escape' || (key === 'ArrowLeft' && isAlone))) back()
  else if (key === 'Escape' || key === 'Tab') menus.close()
  else if (move) move()?.focus()
  else if (letter) startingWith(list, letter)?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}
