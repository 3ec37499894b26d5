import { OpenAPIGenerator, type ConditionalSchemaConverter, type JSONSchema } from '@orpc/openapi'
import { z } from 'zod'
import { httpApi } from '../../shared/contract/http-api.ts'

/** zod writes JSON Schema itself. */
const byZod: ConditionalSchemaConverter = {
  condition: (schema) => schema instanceof z.ZodType,
  convert: (schema, { strategy }) => {
    const known = schema as z.ZodType
    const required = !(strategy === 'input' && known.safeParse(undefined).success)
    const json: object = z.toJSONSchema(known, { io: strategy, unrepresentable: 'any' })
    // The whole description says which version of JSON Schema it follows.
    const without: JSONSchema = Object.fromEntries(
      Object.entries(json).filter(([name]) => name !== '$schema'),
    )
    return [required, without]
  },
}

/** The description of the HTTP API, for programs that make clients of it. */
export const describeApi = (server: string) =>
  new OpenAPIGenerator({ schemaConverters: [byZod] }).generate(httpApi, {
    info: {
      title: 'Cimaise',
      version: '1',
      description: 'Reads albums and photos. Without a token it answers what everybody may see.',
    },
    servers: [{ url: server }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{}, { token: [] }],
  })
