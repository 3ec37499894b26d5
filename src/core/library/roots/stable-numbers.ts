import { statfs } from 'node:fs/promises'

/** File systems of Linux whose files keep their numbers (linux/magic.h): ext, XFS, Btrfs, F2FS, ZFS, tmpfs, overlayfs, NFS. */
const stable = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630, 0x6969,
])

/**
 * Whether the files of a folder keep their numbers (inodes) when its drive is mounted again. Where they may not, as on FAT and
 * exFAT under Linux, a scan that minded them would read a whole drive for nothing.
 */
export const keepsNumbers = async (folder: string): Promise<boolean> => {
  if (process.platform !== 'linux') return true
  const stats = await statfs(folder).catch(() => null)
  return stats !== null && stable.has(stats.type >>> 0)
}
