/** What all set-up steps share. They run on the machine's own Node, before any package is there. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const windows = process.platform === 'win32'

/** A step that could not be done. The message says what to do about it. */
export class SetUpError extends Error {}

/** Tells what is going on: on standard error, as standard output belongs to the program. */
export const say = (text) => process.stderr.write(`${text}\n`)

/** The first of these programs along the PATH, or null. */
export const findProgram = (names, path = process.env.PATH ?? '') => {
  const endings = windows ? ['.exe', '.cmd', ''] : ['']
  for (const folder of path.split(delimiter))
    for (const name of names)
      for (const ending of endings) {
        const file = join(folder, name + ending)
        if (folder && existsSync(file)) return file
      }
  return null
}

/** Runs a command to its end in the project's folder; its output is shown only when it fails. Throws SetUpError. */
export const run = (what, command, args, options = {}) => {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['inherit', 'pipe', 'pipe'],
    shell: windows && command.endsWith('.cmd'),
    ...options,
  })
  if (status === 0) return
  const output = `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trim()
  const log = join(root, 'set-up.log')
  writeFileSync(log, `${command} ${args.join(' ')}\n${output}\n`)
  const tail = output.split('\n').slice(-12).join('\n')
  throw new SetUpError(`${what} failed. The end of what it said (the whole is in ${log}):\n${tail}`)
}

/** What a step left behind when it was done last, or null. */
export const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)

export const writeStamp = (file, content) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const holderOf = (lock) => {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'))
  } catch {
    // The holder has made the folder but not said yet who it is: a moment later it has, or it never will.
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    return Date.now() - made < 5000 ? process.pid : 0
  }
}

const take = (lock) => {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
  writeFileSync(join(lock, 'pid'), String(process.pid))
  return true
}

/** Does something while no other set-up of this folder does. A lock whose holder has died is no lock. */
export const alone = async (work) => {
  const lock = join(root, '.set-up')
  for (let waited = false; !take(lock);) {
    if (!isAlive(holderOf(lock))) rmSync(lock, { recursive: true, force: true })
    else {
      if (!waited) say('Waiting for another set-up of Cimaise to end…')
      waited = true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
