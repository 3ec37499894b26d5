import type { AccessLevel } from '../../shared/schemas/access.ts'

/** What each right is called. */
export const rightWords = {
  none: 'rightNone',
  read: 'rightRead',
  comment: 'rightComment',
  modify: 'rightModify',
} as const satisfies Record<AccessLevel, string>
