import { expect, test } from 'vitest'
import type { Confirmation, Question } from '../ui/dialogs/dialogs.svelte.ts'
import { askForOriginals, maxOriginalsPerCall } from './original-trash.ts'

type Needs = Parameters<typeof askForOriginals>[0]
type Failed = Awaited<ReturnType<Needs['client']['desktop']['trashOriginals']>>['failed']

/** The dialog is confirmed at once. Collects what each call was asked for, and what the user was told. */
const setup = (answer: (photos: string[]) => Failed) => {
  const calls: string[][] = []
  const told: string[] = []
  const confirmed: Promise<unknown>[] = []
  const complain = (message: string) => void told.push(message)
  const needs: Needs = {
    client: {
      desktop: {
        trashOriginals: async ({ photos }) => {
          calls.push(photos)
          const failed = answer(photos)
          return { trashed: photos.length - failed.length, failed }
        },
      },
    },
    dialogs: {
      ask: (question: Question) => void confirmed.push(Promise.resolve((question as Confirmation).run())),
    },
    history: {
      inSteps: async (_name, things, perStep, step) => {
        for (let i = 0; i < things.length; i += perStep) await step(things.slice(i, i + perStep))
      },
    },
    notices: {
      complain,
      attempt: async (work) => {
        try {
          return await work()
        } catch (error) {
          complain((error as Error).message)
          return null
        }
      },
    },
  }
  const run = async (refs: string[]) => {
    askForOriginals(needs, refs)
    await Promise.all(confirmed)
  }
  return { run, calls, told }
}

const refs = (count: number) => Array.from({ length: count }, (_, i) => `owner~abcdefgh/${i}`)

test('an original that stays where it is is told to the user, with the reason', async () => {
  const { run, told } = setup(() => [{ path: '/photos/a.jpg', reason: 'The disk is read-only.' }])
  await run(refs(2))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('The disk is read-only.')
})

test('a call that fails is told to the user', async () => {
  const { run, told } = setup(() => {
    throw new Error('The gallery does not answer.')
  })
  await run(refs(1))
  expect(told).toEqual(['The gallery does not answer.'])
})

test('the originals of more photos than one call takes are all moved', async () => {
  const { run, calls } = setup(() => [])
  const wanted = refs(2 * maxOriginalsPerCall + 500)
  await run(wanted)
  expect(calls.map(({ length }) => length)).toEqual([maxOriginalsPerCall, maxOriginalsPerCall, 500])
  expect(calls.flat()).toEqual(wanted)
})
