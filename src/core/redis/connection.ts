import type { Cluster, Redis } from 'ioredis'

/** A connection to a single server, to what a Sentinel names, or to a cluster. */
export type Connection = Redis | Cluster
