import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { shared } from '../support/shared.ts'
import { serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

/** A folder with one photo, in the album Corse, and a file that is none. */
const served = shared(() =>
  serveFolder(async (root) => {
    await drawPhotos(join(root, 'Corse'), 1)
    writeFileSync(join(root, 'Corse/cassé.jpg'), 'this is no picture')
    return 1
  }),
)

const openFrench = async () => (await visit(served(), { locale: 'fr-FR' })).page

test('a French window says in French what the gallery refuses, whether Cimaise or a function in Redis does', async () => {
  const page = await openFrench()
  const told = (text: string) => page.getByRole('alert').getByText(text).waitFor()
  await page.getByRole('button', { name: 'Nouvel album' }).click()
  await page.getByRole('textbox', { name: 'Titre' }).fill('Nice')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Cet album est vide' }).waitFor()
  await page.getByRole('treeitem', { name: 'Nice' }).focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Titre' }).fill('Corse')
  await page.keyboard.press('Enter')
  await told('Il y a déjà un album « Corse ». Choisissez un autre titre.')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Ajouter un dossier…' }).first().click()
  const folder = page.getByLabel('Dossier sur l’ordinateur où tourne Cimaise')
  // The dialog looks at a first folder by itself meanwhile.
  await expect
    .poll(async () => {
      await folder.fill('/nulle/part')
      await folder.press('Enter')
      return page
        .getByRole('alert')
        .getByText('Il n’y a pas de dossier /nulle/part qui puisse être lu.')
        .count()
    })
    .toBe(1)
})

test('a French window says in French why a file could not be read', async () => {
  const page = await openFrench()
  await page.getByRole('button', { name: 'Voir' }).click()
  await page.getByText('Ce n’est pas une image.').click()
  await page.getByText(/cassé\.jpg/).waitFor()
})
