import type { ExportInput } from '../../shared/schemas/export.ts'

/**
 * Has the browser save photos as one zip file: a form that it sends itself, so that it shows how far that is, and none of it passes
 * through the page. `name`: of the file, without its ending.
 */
export const downloadZip = (photos: ExportInput['photos'], name: string): void => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = 'zip'
  form.enctype = 'multipart/form-data'
  for (const [field, value] of Object.entries({ photos: JSON.stringify(photos), name })) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = field
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
  form.remove()
}
