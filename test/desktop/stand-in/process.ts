/** The stand-in in a process that it has to itself, where it does to the process what Electron does. */
import standIn from '../stand-in.ts'
import { app } from './app.ts'
import { grant, listen } from './driver.ts'

export * from '../stand-in.ts'
export default standIn

// So says Electron when it was told which program to run.
Object.defineProperty(process, 'defaultApp', { value: true })
// Where a package has what lies beside its archive.
Object.defineProperty(process, 'resourcesPath', { value: process.env['STAND_IN_RESOURCES'] })
// What the program does on another system than this one.
const platform = process.env['STAND_IN_PLATFORM']
if (platform) Object.defineProperty(process, 'platform', { value: platform })
// On these it quits by itself.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())

grant('quit', () => app.quit())
grant('open file', (path: string) => app.opened('open-file', path))
grant('open address', (address: string) => app.opened('open-url', address))
listen()
// The test that started us has gone, however it ended.
process.once('disconnect', () => app.exit(1))
