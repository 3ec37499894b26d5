/** `npm run jobs`: does what users do in a real window, on the samples, and counts keys and clicks: the table of docs/jobs.md. */
import { chromium } from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../test/support/chromium.ts'
import { withServer } from '../screenshots/gallery.ts'
import { Hand } from './hand.ts'
import { finding } from './finding.ts'
import { looking } from './looking.ts'
import { organising } from './organising.ts'

const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumSwitches })
try {
  await withServer(async ({ link }) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(link)
    const hand = new Hand(page)
    for (const { name, begin, run, done } of [...looking, ...organising, ...finding]) {
      await begin?.(page)
      hand.rest()
      await run(hand)
      await done(page)
      const { keys, clicks, drags, letters } = hand.effort
      console.log(`| ${name} | ${keys} | ${clicks} | ${drags} | ${letters} |`)
    }
  })
} finally {
  await browser.close()
}
