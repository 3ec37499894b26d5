import { z } from 'zod'

/** How a schema is printed: which ones have a name of their own, and what is said of their parts. */
export interface Printing {
  /** The name of a schema that has one. */
  nameOf: (schema: z.core.$ZodType) => string | undefined
  commentAt: (path: string) => string | undefined
  /** Told each name that is used. */
  used: (name: string) => void
}

interface Leaf {
  type?: string
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

const isSafe = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER

/** `1 to 500`, `at most 200`; nothing where there is no bound. */
const range = (from: number | undefined, to: number | undefined, unit = ''): string[] => {
  if (isSafe(from) && isSafe(to)) return [`${from} to ${to}${unit}`]
  if (isSafe(from) && (from > 0 || unit === '')) return [`at least ${from}${unit}`]
  return isSafe(to) ? [`at most ${to}${unit}`] : []
}

/** A text or a number with its bounds. */
const printLeaf = (schema: z.core.$ZodType): string => {
  const leaf = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Leaf
  const { type = 'unknown', pattern, format, minLength, maxLength, minimum, maximum } = leaf
  const said = [
    ...(format ? [format] : pattern ? [`/${pattern}/`] : []),
    ...range(minLength, maxLength, ' characters'),
    ...range(minimum, maximum),
  ]
  return said.length > 0 ? `${type} (${said.join(', ')})` : type
}

const indent = (text: string) => text.replace(/^/gm, '  ')

const printObject = (shape: Record<string, z.core.$ZodType>, path: string, printing: Printing): string => {
  const lines = Object.entries(shape).map(([name, value]) => {
    const at = `${path}/${name}`
    const comment = printing.commentAt(at)
    const optional = value instanceof z.ZodOptional || value instanceof z.ZodDefault
    const line = `${name}${optional ? '?' : ''}: ${print(value, at, printing)}`
    return indent(comment ? `/** ${comment} */\n${line}` : line)
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`
}

const printUnion = (options: readonly z.core.$ZodType[], path: string, printing: Printing): string =>
  options
    .map((option, i) => {
      const comment = printing.commentAt(`${path}/${i}`)
      const text = print(option, `${path}/${i}`, printing)
      return comment ? `/** ${comment} */ ${text}` : text
    })
    .join(' | ')

const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))

/** Several kinds of a thing in an array need brackets. */
const many = (text: string) => (/^[\w.]+$/.test(text) || text.startsWith('{') ? `${text}[]` : `(${text})[]`)

const printArray = (schema: z.ZodArray, path: string, printing: Printing): string => {
  const { minItems, maxItems } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    minItems?: number
    maxItems?: number
  }
  const [bounds] = range(minItems, maxItems)
  const text = many(print(schema.element, path, printing))
  return bounds ? `${text} /* ${bounds} */` : text
}

/** The shape behind a schema, in words close to TypeScript's. */
export const printShape = (schema: z.core.$ZodType, path: string, printing: Printing): string => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return print(schema.def.innerType, path, printing)
  if (schema instanceof z.ZodNullable) return `${print(schema.def.innerType, path, printing)} | null`
  if (schema instanceof z.ZodObject) return printObject(schema.shape, path, printing)
  if (schema instanceof z.ZodArray) return printArray(schema, path, printing)
  if (schema instanceof z.ZodUnion) return printUnion(schema.options, path, printing)
  if (schema instanceof z.ZodEnum) return schema.options.map(literal).join(' | ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(literal).join(' | ')
  if (schema instanceof z.ZodRecord)
    return `Record<${print(schema.keyType, path, printing)}, ${print(schema.valueType, path, printing)}>`
  if (schema instanceof z.ZodVoid) return 'nothing'
  return printLeaf(schema)
}

/** A schema by its name where it has one, else its shape. */
export const print = (schema: z.core.$ZodType, path: string, printing: Printing): string => {
  const name = printing.nameOf(schema)
  if (name === undefined) return printShape(schema, path, printing)
  printing.used(name)
  return name
}
