import { readdirSync, readFileSync } from 'node:fs'

/** How often the processes are looked for, in milliseconds. */
const everyMs = 200

/** Clock ticks in which Linux counts the time of processes, a second. */
const ticksPerSecond = 100

/** Seconds of a processor that a process has used, by proc_pid_stat(5): its fields 14 and 15, of which the second may hold blanks. */
const usedBy = (pid: string) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

const read = (pid: string) => {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    return { parent: of('PPid'), peak: of('VmHWM') * 1024, used: usedBy(pid) }
  } catch {
    return null // it has ended, or this is no Linux
  }
}

const processes = () => {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** A process and all that it started, as they are now, by their pids. */
const tree = (pids: number[]) => {
  const known = new Map(processes().flatMap((pid) => [[Number(pid), read(pid)] as const]))
  const isOurs = (pid: number): boolean =>
    pids.includes(pid) || (pid > 1 && known.has(pid) && isOurs(known.get(pid)?.parent ?? 0))
  return [...known].flatMap(([pid, found]) => (found && isOurs(pid) ? [[pid, found] as const] : []))
}

export interface Watched {
  /** The sum of what each process held at its own peak so far, in bytes; 0 where the system does not tell (all but Linux). */
  peak: () => number
  /** The seconds of a processor that all have used, up to the last look at them; 0 as well. */
  used: () => number
  /** No more of it. */
  end: () => void
}

/** Watches the memory of processes and of all that they start, and the time that they use. */
export const watchProcesses = (pids: () => number[]): Watched => {
  const peaks = new Map<number, number>()
  const used = new Map<number, number>()
  const look = () => {
    for (const [pid, found] of tree(pids())) {
      peaks.set(pid, Math.max(found.peak, peaks.get(pid) ?? 0))
      used.set(pid, found.used)
    }
  }
  const timer = setInterval(look, everyMs)
  const sum = (of: Map<number, number>) => [...of.values()].reduce((all, one) => all + one, 0)
  return {
    peak: () => sum(peaks),
    used: () => sum(used),
    end: () => clearInterval(timer),
  }
}
