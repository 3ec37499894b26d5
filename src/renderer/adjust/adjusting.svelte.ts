/** The photo that is being adjusted, as `album/photo`; null where none is. */
class Adjusting {
  ref = $state<string | null>(null)
}

export const adjusting = new Adjusting()
