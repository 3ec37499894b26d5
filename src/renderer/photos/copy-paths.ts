import type { Client } from '../api/client.ts'
import { counted } from '../i18n/index.ts'
import type { Notices } from '../ui/toasts/notices.svelte.ts'

/** Puts the paths of originals on the clipboard, and says how many: photos of other computers have none here. */
export const copyPaths = async (
  { client, notices }: { client: Client; notices: Notices },
  photos: string[],
): Promise<void> => {
  const copied = await notices.attempt(() => client.desktop.copyPaths({ photos }))
  if (copied !== null) notices.complain(counted('pathsCopied', copied))
}
