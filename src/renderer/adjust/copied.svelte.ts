/** The adjustment of a photo that was copied for others, as text; null where none was. */
class Copied {
  by = $state<string | null>(null)
}

export const copied = new Copied()
