/** What the types of the contract promise to its clients. The type check of `npm run check` is their test. */
import type { ContractRouterClient } from '@orpc/contract'
import { expectTypeOf } from 'vitest'
import type { Change, Changed, EditField } from '../schemas/change.ts'
import type { AlbumId, PhotoId } from '../schemas/ids.ts'
import type { z } from 'zod'
import type { contract } from './index.ts'

type Client = ContractRouterClient<typeof contract>
type Input<Procedure extends (...args: never[]) => unknown> = Parameters<Procedure>[0]
type Output<Procedure extends (...args: never[]) => unknown> = Awaited<ReturnType<Procedure>>
type ChangeKind = z.infer<typeof Change>['kind']

// A change is told apart by its kind, and what undoes it is a list of changes again.
expectTypeOf<ChangeKind>().toEqualTypeOf<
  | 'move'
  | 'tag'
  | 'edit'
  | 'order'
  | 'shift'
  | 'turn'
  | 'trash'
  | 'restore'
  | 'stack'
  | 'unstack'
  | 'lead'
  | 'create-album'
  | 'rename-albums'
  | 'describe-album'
  | 'delete-album'
  | 'restore-album'
  | 'create-collection'
  | 'rename-collection'
  | 'search-collection'
  | 'describe-collection'
  | 'delete-collection'
  | 'restore-collection'
  | 'collect'
  | 'uncollect'
  | 'arrange'
>()
expectTypeOf<z.infer<typeof Changed>['undo']>().toEqualTypeOf<z.infer<typeof Change>[]>()
expectTypeOf<z.infer<typeof EditField>>().toEqualTypeOf<
  'title' | 'caption' | 'rating' | 'flag' | 'label' | 'status' | 'dated' | 'rank' | 'adjust'
>()

// What a client hands in may leave out what has a default; what comes back is whole.
expectTypeOf<Input<Client['changes']['apply']>>()
  .toHaveProperty('mode')
  .toEqualTypeOf<'free' | 'strict' | 'check' | undefined>()
expectTypeOf<Output<Client['changes']['apply']>>().toEqualTypeOf<z.infer<typeof Changed>>()

// Ids are texts, and never `any`.
expectTypeOf<z.infer<typeof AlbumId>>().toBeString()
expectTypeOf<z.infer<typeof PhotoId>>().toBeString()
expectTypeOf<Output<Client['photos']['page']>>().not.toBeAny()
expectTypeOf<Output<Client['albums']['list']>>().not.toBeAny()

// A procedure that the contract lacks is no method of a client.
expectTypeOf<Client>().not.toHaveProperty('admin')

/** The codes that the contract says a procedure can give. */
type Codes<Procedure extends { '~orpc': { errorMap: object } }> = keyof Procedure['~orpc']['errorMap']
type Any = 'FORBIDDEN' | 'UNAVAILABLE'
type Contract = typeof contract

// Each procedure names the errors that it can give, and no other.
expectTypeOf<Codes<Contract['albums']['list']>>().toEqualTypeOf<Any>()
expectTypeOf<Codes<Contract['albums']['find']>>().toEqualTypeOf<Any | 'NOT_FOUND'>()
expectTypeOf<Codes<Contract['photos']['page']>>().toEqualTypeOf<Any>()
expectTypeOf<Codes<Contract['photos']['show']>>().toEqualTypeOf<Any | 'NOT_FOUND'>()
expectTypeOf<Codes<Contract['changes']['apply']>>().toEqualTypeOf<
  Any | 'NOT_FOUND' | 'CONFLICT' | 'INVALID'
>()
expectTypeOf<Codes<Contract['library']['browse']>>().toEqualTypeOf<Any | 'NOT_FOUND'>()
expectTypeOf<Codes<Contract['desktop']['chooseFolders']>>().toEqualTypeOf<Any | 'UNSUPPORTED'>()
expectTypeOf<Codes<Contract['desktop']['reveal']>>().toEqualTypeOf<Any | 'NOT_FOUND' | 'UNSUPPORTED'>()
expectTypeOf<Codes<Contract['backup']['restore']>>().toEqualTypeOf<
  Any | 'UNSUPPORTED' | 'CONFLICT' | 'INVALID'
>()
