import type { Locator, Page } from 'playwright-core'

/** What a job took of the user's hand. */
export interface Effort {
  /** Presses of keys that are not typing: `Ctrl+F` is one. */
  keys: number
  /** Clicks of the mouse, a double click as two. */
  clicks: number
  /** Things that are dragged. */
  drags: number
  /** Letters that are typed into a field. */
  letters: number
}

const none: Effort = { keys: 0, clicks: 0, drags: 0, letters: 0 }

/** Does things as a user does them, and counts. */
export class Hand {
  effort: Effort = { ...none }
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Begins to count anew. */
  rest() {
    this.effort = { ...none }
  }

  async press(...keys: string[]) {
    for (const key of keys) {
      this.effort.keys++
      await this.page.keyboard.press(key)
    }
  }

  async click(what: Locator, options: Parameters<Locator['click']>[0] = {}) {
    this.effort.clicks += options.clickCount ?? 1
    await what.click(options)
  }

  async type(text: string) {
    this.effort.letters += text.length
    await this.page.keyboard.type(text)
  }

  async choose(what: Locator, label: string) {
    // A list of choices is opened by a click, and one of them chosen by another.
    this.effort.clicks += 2
    await what.selectOption({ label })
  }

  async drag(what: Locator, to: Locator) {
    this.effort.drags++
    const [start, end] = [await what.boundingBox(), await to.boundingBox()]
    if (!start || !end) throw new Error('nothing to drag')
    await this.page.mouse.move(start.x + 20, start.y + 20)
    await this.page.mouse.down()
    await this.page.mouse.move(start.x + 32, start.y + 32, { steps: 3 })
    for (const by of [0, 2, 4])
      await this.page.mouse.move(end.x + end.width / 2 + by, end.y + end.height / 2, { steps: 4 })
    await this.page.mouse.up()
  }
}
