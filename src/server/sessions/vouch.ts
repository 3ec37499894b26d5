/** What somebody else says of a session: it stands as long as they do. */
export interface Vouch {
  /** Until when it counts what was said last, in milliseconds since 1970. */
  readonly until: number
  /** Whether they still stand by it; asks them where it is time to. */
  stands: () => Promise<boolean>
  /** What proves to them whose session it was. */
  readonly idToken: string | undefined
}
