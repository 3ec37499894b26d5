/** The film that the viewer shows, for its keys and the slideshow. */
export class Player {
  #film: HTMLVideoElement | null = null

  /** To be attached to the one film of the viewer. Leaving it stops it, and what is on its way of it. */
  readonly attach = (film: HTMLVideoElement): (() => void) => {
    this.#film = film
    return () => {
      film.pause()
      film.removeAttribute('src')
      film.load()
      this.#film = null
    }
  }

  get isThere(): boolean {
    return this.#film !== null
  }

  /** It is running, and not yet at its end. */
  get runs(): boolean {
    return this.#film !== null && !this.#film.paused && !this.#film.ended
  }

  toggle() {
    if (this.runs) this.#film?.pause()
    // It says by an event of its own that it cannot be played.
    else void this.#film?.play().catch(() => undefined)
  }

  mute() {
    if (this.#film) this.#film.muted = !this.#film.muted
  }
}
