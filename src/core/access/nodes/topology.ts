import type { SentinelView } from '../../redis/sentinels.ts'

/** A server of a gallery that lies on several, as Sentinels or the nodes of a cluster name it. */
export interface Place {
  host: string
  port: number
  /** It takes changes: members log in there, and nowhere else. */
  serves: boolean
}

export const placeName = ({ host, port }: Pick<Place, 'host' | 'port'>): string => `${host}:${port}`

/** What a Sentinel says of a primary and its replicas, or a node of a cluster of all nodes. */
export interface View {
  /** Grows with each failover: of two that disagree the one with the higher one knows more. */
  epoch: number
  places: Place[]
}

const toPlace = (fields: Map<string, string>, serves: boolean): Place => ({
  host: fields.get('ip') ?? '',
  port: Number(fields.get('port')),
  serves,
})

const isAddress = ({ host, port }: Place) => host !== '' && host !== '?' && port > 0

/** The servers that a Sentinel knows. */
export const placesOf = ({ primary, replicas }: SentinelView): View => ({
  epoch: Number(primary.get('config-epoch') ?? 0),
  places: [toPlace(primary, true), ...replicas.map((fields) => toPlace(fields, false))].filter(isAddress),
})

/**
 * Reads CLUSTER NODES (https://redis.io/docs/latest/commands/cluster-nodes/). `asked`: the place of the node that answers, which may
 * not know its own address. A node that has no part of the data serves nobody. Those that have failed come first: where a new one has
 * the address of one of them, that is what counts.
 */
export const parseClusterNodes = (text: string, asked: Pick<Place, 'host' | 'port'>): View => {
  let epoch = 0
  const [failed, others]: [Place[], Place[]] = [[], []]
  for (const line of text.split('\n').filter(Boolean)) {
    const [, address = '', flags = '', , , , configEpoch = '0', , ...slots] = line.split(' ')
    const flag = new Set(flags.split(','))
    if (flag.has('noaddr') || flag.has('handshake')) continue
    epoch = Math.max(epoch, Number(configEpoch))
    const [at = '', hostname = ''] = address.split(',')
    const [, ip = '', port = ''] = /^(.*):(\d+)@\d+$/.exec(at) ?? []
    const host = hostname || ip || (flag.has('myself') ? asked.host : '')
    const place = { host, port: Number(port) || asked.port, serves: flag.has('master') && slots.length > 0 }
    if (host) (flag.has('fail') ? failed : others).push(place)
  }
  return { epoch, places: [...failed, ...others] }
}

/** Of several views the one that has seen the latest change of roles; null where there is none. */
export const latest = <View extends { epoch: number }>(views: View[]): View | null =>
  views.reduce<View | null>((best, view) => (best && best.epoch >= view.epoch ? best : view), null)
