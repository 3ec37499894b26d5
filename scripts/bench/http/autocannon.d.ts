/** The part of autocannon that the measurements use: it comes without types. */
declare module 'autocannon' {
  export interface Result {
    requests: { average: number; total: number }
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number }
    non2xx: number
    errors: number
    timeouts: number
  }
  export interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    headers?: Record<string, string>
    requests: { path: string }[]
  }
  export default function autocannon(options: Options): Promise<Result>
}
