export const subjectOf = (kind: 'account' | 'group', name: string): string => `${kind}:${name}`

/** Whom a right is given to: `account:ana`, `group:family`, or `guest` for all. */
export const subjectPattern = /^(?:guest|(?:account|group):[a-z0-9][a-z0-9._-]{0,31})$/

export const isSubject = (text: string): boolean => subjectPattern.test(text)

/** The two parts of a subject; the guest has no name. */
export const parseSubject = (subject: string): { kind: 'account' | 'group' | 'guest'; name: string } => {
  if (subject === 'guest') return { kind: 'guest', name: '' }
  const at = subject.indexOf(':')
  return { kind: subject.slice(0, at) as 'account' | 'group', name: subject.slice(at + 1) }
}
