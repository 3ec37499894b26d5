import { createDecoder, type Decoder } from '../../src/core/library/decode/pool.ts'

const decoder = createDecoder()

/**
 * The decoder of this worker, whose processes go on from test to test: each of them costs more to start than all that a test
 * has it read. Closing it does nothing; it ends with the worker. A test of what becomes of a decoder makes one of its own.
 */
export const sharedDecoder = (): Decoder => ({ ...decoder, close: () => Promise.resolve() })
