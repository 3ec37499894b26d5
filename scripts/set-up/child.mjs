import { spawn } from 'node:child_process'

/** Runs a program in the foreground: it gets this process's signals, and its exit code is the result. */
export const runChild = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    // A terminal sends Ctrl-C to the child as well; this process only must not end before it.
    process.on('SIGINT', () => process.stdin.isTTY || pass('SIGINT'))
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, pass)
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
