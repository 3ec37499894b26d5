import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { deriveKey } from '../core/gallery/credentials.ts'
import { GalleryError } from '../shared/errors.ts'
import { passwordProblem, passwordTexts } from '../shared/domain/passwords.ts'

/** Asks on the terminal without showing what is typed. */
const ask = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    // What readline would echo goes nowhere; the question goes to standard error, as standard output is the answer.
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
    process.stderr.write(question)
    const leave = () => process.stderr.write('\n')
    lines.once('SIGINT', () => {
      leave()
      lines.close()
      reject(new GalleryError('INVALID', 'unchanged'))
    })
    lines.question('', (answer) => {
      leave()
      lines.close()
      resolve(answer)
    })
  })

let piped: string[] | null = null

/** The next line of standard input. */
const nextLine = async () => {
  piped ??= (await text(process.stdin)).split(/\r?\n/)
  return piped.shift() ?? ''
}

/** A password that is known already: asked for, or the next line of standard input. It is never an argument. */
export const readPassword = (question: string): Promise<string> =>
  process.stdin.isTTY ? ask(`${question}: `) : nextLine()

/** A new password: asked for twice, and refused where it is too easy to guess. */
export const readNewPassword = async (name: string): Promise<string> => {
  const password = await readPassword(`New password for ${name}`)
  const problem = passwordProblem(name, password)
  if (problem) throw new GalleryError('INVALID', passwordTexts[problem].id, passwordTexts[problem].blanks)
  if (process.stdin.isTTY && (await ask('The same again: ')) !== password)
    throw new GalleryError('INVALID', 'passwordsDiffer')
  return password
}

/** What an account logs in with, from its password. */
export const keyOf = (galleryId: string, name: string, password: string) =>
  deriveKey(galleryId, name, password)
