import { dirname, join, normalize, relative } from 'node:path/posix'

/**
 * Where the handbook's copy of a file stands in it, or null where it has none.
 *
 * @param file From the root of the repository.
 */
export type Placed = (file: string) => string | null

const isOutside = (target: string) => /^(?:[a-z]+:|#)/.test(target)

/**
 * A text of the repository with its links as they lead within the handbook. A link to what the handbook does not have
 * becomes plain text: a reader of the handbook has no repository beside it.
 */
export const rewriteLinks = (file: string, text: string, placed: Placed): string => {
  const here = dirname(placed(file) ?? file)
  return text.replace(
    /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g,
    (whole, mark: string, words: string, target: string) => {
      if (isOutside(target)) return whole
      const [path = '', anchor] = target.split('#')
      const to = placed(normalize(join(dirname(file), path)))
      if (to === null) return words
      const way = relative(here, to)
      const link = way.startsWith('.') ? way : `./${way}`
      return `${mark}[${words}](${link}${anchor === undefined ? '' : `#${anchor}`})`
    },
  )
}
