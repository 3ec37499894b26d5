import { parseSetAside } from '../../shared/domain/set-aside.ts'
import type { AuditLine } from '../../shared/schemas/access.ts'
import { isSubject, parseSubject } from '../../shared/domain/subjects.ts'
import type { RightChange } from '../../shared/schemas/access.ts'
import type { Album } from '../../shared/schemas/album.ts'
import type { AccessState } from '../access/access-state.svelte.ts'
import { rightWords } from '../access/right-words.ts'
import { setAsideWords } from '../access/set-aside-text.ts'
import { counted, t } from '../i18n/index.ts'

/** Changes told of one operation: no user reads more. */
const maxNamesInText = 4

/** The name of a subject as users know it; what is gone keeps the one that it had for Redis. */
const nameOf = (access: AccessState, subject: string): string => {
  if (!isSubject(subject)) return subject
  const { kind, name } = parseSubject(subject)
  if (kind === 'guest') return t('everybody')
  const known = kind === 'group' ? access.groups : access.accounts
  return known.find((one) => one.name === name)?.displayName ?? name
}

const fieldWords = ({ field, from, to }: AuditLine['fields'][number]): string => {
  if (field === 'displayName') return t('field_displayName', { to })
  if (field === 'role') return t('field_role', { to })
  if (field === 'makes') return t(to === '' ? 'field_makes_off' : 'field_makes_on')
  if (field === 'disabled') return t(to === '' ? 'field_disabled_off' : 'field_disabled_on')
  if (field === 'member') return t(to === '' ? 'recLeaves' : 'recJoins', { name: to || from })
  return ''
}

const list = (lines: string[]): string => {
  const told = lines.filter(Boolean)
  const rest = told.length - maxNamesInText
  return [...told.slice(0, maxNamesInText), ...(rest > 0 ? [counted('recMore', rest)] : [])].join(' · ')
}

/** A line of the record of rights in words, without who did it; `known`: the albums and collections that have titles. */
export const auditWords = (
  line: AuditLine,
  access: AccessState,
  known: Pick<Album, 'id' | 'title'>[],
): string => {
  const titleOf = (id: string) => known.find((one) => one.id === id)?.title ?? id
  const rights = line.rights.map(({ subject, album, from, to }) =>
    t('recRight', {
      who: nameOf(access, subject),
      album: titleOf(album),
      from: t(rightWords[from]),
      to: t(rightWords[to]),
    }),
  )
  const repaired = line.what === 'repaired' ? line.fields.map(({ field, from }) => `${field} (${from})`) : []
  const changes = list([...rights, ...(repaired.length > 0 ? repaired : line.fields.map(fieldWords))])
  const shared = line.fields.find(({ field }) => field === 'album')?.to ?? ''
  const subject = nameOf(access, line.subject.includes(':') ? line.subject : `account:${line.subject}`)
  const aside = parseSetAside(line.fields.find(({ field }) => field === 'setAside')?.to)
  const blanks = {
    subject,
    changes,
    album: titleOf(shared),
    why: aside ? setAsideWords(aside) : '',
  }
  const words: Partial<Record<string, () => string>> = {
    'account-created': () => t('rec_account-created', blanks),
    'account-changed': () => t('rec_account-changed', blanks),
    'account-deleted': () => t('rec_account-deleted', blanks),
    'password-set': () => t('rec_password-set', blanks),
    'password-changed': () => t('rec_password-changed'),
    'group-create': () => t('rec_group-create', blanks),
    'group-edit': () => t('rec_group-edit', blanks),
    'group-delete': () => t('rec_group-delete', blanks),
    rights: () => t('rec_rights', blanks),
    shared: () => t('rec_shared', blanks),
    'share-changed': () => t('rec_share-changed'),
    'public-changed': () => t('rec_public-changed', blanks),
    'share-revoked': () => t('rec_share-revoked'),
    'signed-out': () => t('rec_signed-out', blanks),
    'signed-out-everywhere': () => t('rec_signed-out-everywhere', blanks),
    'switched-off': () => t('rec_switched-off', blanks),
    repaired: () => t('rec_repaired', blanks),
    'requests-dropped': () => t('rec_requests-dropped'),
    'token-made': () => t('rec_token-made', blanks),
    'token-ended': () => t('rec_token-ended'),
    'codes-on': () => t('rec_codes-on'),
    'codes-off': () => t('rec_codes-off'),
    'passkey-added': () => t('rec_passkey-added'),
    'passkey-removed': () => t('rec_passkey-removed'),
    'ways-reset': () => t('rec_ways-reset', blanks),
    'second-factor': () => t('rec_second-factor'),
    'provider-linked': () => t('rec_provider-linked', blanks),
    'provider-unlinked': () => t('rec_provider-unlinked', blanks),
    'provider-group': () => t('rec_provider-group', blanks),
    'set-aside': () => t('rec_set-aside', blanks),
  }
  return words[line.what]?.() ?? line.what
}

/** What takes the rights of a line back, where it is still as it says. */
export const inverseOf = (line: AuditLine): RightChange[] =>
  line.rights
    .filter(({ subject }) => isSubject(subject))
    .map(({ subject, album, from, to }) => ({ subject, album, right: from, from: to }))
