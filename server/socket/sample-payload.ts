import { commands, type Command } from '#protocol/commands.ts'

/** As much of a Zod schema as is needed to find a value that it accepts. */
type Schema = { safeParse(value: unknown): { success: boolean }; _zod: { def: Definition } }
type Definition = {
  type: string
  shape?: Record<string, Schema>
  element?: Schema
  options?: Schema[]
  innerType?: Schema
  in?: Schema
}

const leaves = ['x', 'src/a.ts', 'word', 'a'.repeat(64), '👍', 0, 1, 3_600_000, true, false, null, new Uint8Array([0]), {}]

/** A payload that the command's schema accepts, so that a test can ask for every command there is. For tests. */
export function samplePayload(command: Command): unknown {
  const schema = commands[command].payload as unknown as Schema
  const found = samples(schema).find((value) => schema.safeParse(value).success)
  if (found === undefined) throw new Error(`no payload was found that ${command} accepts`)
  return found
}

/** Some values for a schema, the smallest first. */
function samples(schema: Schema): unknown[] {
  const { type, shape, element, options, innerType, in: input } = schema._zod.def
  const inner = innerType ?? input
  if (shape !== undefined) return objects(shape)
  if (type === 'array' && element !== undefined)
    return [[], ...samples(element).map((value) => [value])].filter((value) => schema.safeParse(value).success)
  if (options !== undefined) return options.flatMap(samples)
  const values = inner === undefined ? leaves : samples(inner)
  const enumerated = Object.values((schema._zod.def as { entries?: Record<string, unknown> }).entries ?? {})
  return [...(type === 'optional' ? [undefined] : []), ...enumerated, ...values].filter(
    (value) => schema.safeParse(value).success,
  )
}

/** With as little as possible, with one of what may be absent, with everything. */
function objects(shape: Record<string, Schema>): unknown[] {
  const entries = Object.entries(shape).map(([key, schema]) => ({ key, values: samples(schema) }))
  const optional = entries.filter(({ values }) => values.includes(undefined)).map(({ key }) => key)
  const all = entries.map(({ key }) => key)
  return [[], ...optional.map((key) => [key]), all].map((given) =>
    Object.fromEntries(
      entries.flatMap(({ key, values }) => {
        const value = given.includes(key) ? values.find((candidate) => candidate !== undefined) : values[0]
        return value === undefined ? [] : [[key, value]]
      }),
    ),
  )
}
