import type { Page } from 'playwright-core'

/** As many cells as the window has on this screen, of the same size. */
const [columns, rows, cell, pitch] = [6, 9, 200, 210]

/**
 * Makes an empty page of the same origin a grid of the same pictures that does nothing else: rows that leave the screen are put where others
 * come, and each cell gets a picture and a name. `pictures`: names of thumbnails; none where they pass too fast to be seen.
 */
export const makeBareGrid = async (page: Page, origin: string, pictures: string[], height: number) => {
  await page.goto(`${origin}/healthz`)
  await page.setContent(`<!doctype html><style>
    body { margin: 0 } .grid { position: relative; height: 900px; overflow: hidden auto }
    .row { position: absolute; inset-inline: 0; height: ${cell}px; contain: strict }
    .cell { position: absolute; width: ${cell}px; height: ${cell}px; contain: strict } img { width: 180px; height: 120px }
  </style><div class="grid" role="grid" tabindex="0"><div id="content"></div></div>`)
  await page.evaluate(
    ({ pictures, height, columns, rows, cell, pitch }) => {
      const grid = document.querySelector('.grid') as HTMLElement
      const content = document.getElementById('content') as HTMLElement
      content.style.height = `${height}px`
      const made = Array.from({ length: rows }, () => {
        const row = content.appendChild(document.createElement('div'))
        row.className = 'row'
        for (let n = 0; n < columns; n++) {
          const box = row.appendChild(document.createElement('div'))
          box.className = 'cell'
          box.style.left = `${n * (cell + 4)}px`
        }
        return { row, shown: -1 }
      })
      const show = () => {
        const first = Math.max(0, Math.floor(grid.scrollTop / pitch) - 2)
        for (let at = first; at < first + rows; at++) {
          const one = made[at % rows]
          if (!one || one.shown === at) continue
          one.shown = at
          one.row.style.top = `${at * pitch}px`
          for (const [n, box] of [...one.row.children].entries()) {
            const image = pictures.length > 0 ? [new Image()] : []
            for (const one of image) one.src = pictures[(at * columns + n) % pictures.length] ?? ''
            box.replaceChildren(...image, `IMG_${at * columns + n}`)
          }
        }
      }
      grid.addEventListener('scroll', show)
      show()
    },
    { pictures, height, columns, rows, cell, pitch },
  )
}
