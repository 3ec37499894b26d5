import type { TileServer } from '../../shared/domain/tile-server.ts'
import { TileServer as Schema } from '../../shared/schemas/tile-server.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from './session.ts'

const parsed = (text: string | null): TileServer | null => {
  try {
    return Schema.safeParse(JSON.parse(text ?? 'null')).data ?? null
  } catch {
    return null
  }
}

/** The server that the map's pictures come from in this gallery; null where nobody has chosen one. */
export const readTileServer = ({ redis, keys }: Session): Promise<TileServer | null> =>
  onRedis(async () => parsed(await redis.hget(keys.meta, 'tiles')))

/** Says so, for pages that are loaded from then on; null: none. Administrators. */
export const setTileServer = ({ redis, keys }: Session, tiles: TileServer | null): Promise<void> =>
  onRedis(async () => {
    if (tiles) await redis.hset(keys.meta, 'tiles', JSON.stringify(tiles))
    else await redis.hdel(keys.meta, 'tiles')
  })
