/** A value that a request may hold. Objects list every property that exists: anything else is refused. */
export type Shape =
  | { type: 'string'; oneOf?: readonly string[]; maxLength?: number }
  | { type: 'integer' | 'number'; min?: number; max?: number }
  | { type: 'boolean' }
  /** An object with free keys. */
  | { type: 'map' }
  | { type: 'array'; items: Shape; minItems?: number; maxItems?: number }
  | { type: 'object'; required: Record<string, Shape>; optional: Record<string, Shape> }
  /** Objects told apart by the text in one property; with `inPath`, that text becomes part of the paths below. */
  | { type: 'tagged'; tag: string; inPath: boolean; variants: Record<string, ObjectShape> }
  /** Alternatives of different JSON types, so that at most one can fit. */
  | { type: 'either'; shapes: readonly Shape[] }

export type ObjectShape = Extract<Shape, { type: 'object' }>

type Path = readonly (string | number)[]

/**
 * Every problem of a request body, as `path: problem`. Paths are dotted and name the role of a message
 * (`messages.2.assistant.reasoning_content`); a property of the body itself is written `body.store`. An optional
 * property may be null.
 */
export function findProblems(shape: ObjectShape, body: unknown): string[] {
  return problemsOf(shape, body, [])
}

function problemsOf(shape: Shape, value: unknown, path: Path): string[] {
  const problem = (text: string) => [`${show(path)}: ${text}`]
  if (!hasType(shape, value)) return problem(`must be ${typeName(shape)}`)
  switch (shape.type) {
    case 'boolean':
    case 'map':
      return []
    case 'string':
      if (shape.oneOf && !shape.oneOf.includes(value as string)) return problem(`must be one of ${shape.oneOf.join(', ')}`)
      if (shape.maxLength !== undefined && (value as string).length > shape.maxLength)
        return problem(`must have at most ${shape.maxLength} characters`)
      return []
    case 'integer':
    case 'number':
      if (shape.min !== undefined && (value as number) < shape.min) return problem(`must be at least ${shape.min}`)
      if (shape.max !== undefined && (value as number) > shape.max) return problem(`must be at most ${shape.max}`)
      return []
    case 'array': {
      const items = value as unknown[]
      if (shape.minItems !== undefined && items.length < shape.minItems)
        return problem(`must have at least ${shape.minItems} item${shape.minItems === 1 ? '' : 's'}`)
      if (shape.maxItems !== undefined && items.length > shape.maxItems)
        return problem(`must have at most ${shape.maxItems} items`)
      return items.flatMap((item, index) => problemsOf(shape.items, item, [...path, index]))
    }
    case 'object':
      return objectProblems(shape, value as Record<string, unknown>, path)
    case 'tagged': {
      const tag = (value as Record<string, unknown>)[shape.tag]
      const variant = typeof tag === 'string' && Object.hasOwn(shape.variants, tag) ? shape.variants[tag] : undefined
      if (variant === undefined)
        return [`${show([...path, shape.tag])}: must be one of ${Object.keys(shape.variants).join(', ')}`]
      return objectProblems(variant, value as Record<string, unknown>, shape.inPath ? [...path, String(tag)] : path)
    }
    case 'either': {
      const fitting = shape.shapes.find((alternative) => hasType(alternative, value))
      return fitting === undefined ? [] : problemsOf(fitting, value, path)
    }
  }
}

function objectProblems(shape: ObjectShape, value: Record<string, unknown>, path: Path): string[] {
  const missing = Object.keys(shape.required)
    .filter((key) => value[key] === undefined)
    .map((key) => `${show([...path, key])}: is required`)
  const wrong = Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key]
    if (Object.hasOwn(shape.required, key)) return problemsOf(shape.required[key] as Shape, item, here)
    if (!Object.hasOwn(shape.optional, key)) return [`${show(here)}: property '${show(here)}' is unsupported`]
    return item === null ? [] : problemsOf(shape.optional[key] as Shape, item, here)
  })
  return [...missing, ...wrong]
}

function hasType(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'string':
    case 'boolean':
      return typeof value === shape.type
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'map':
    case 'object':
    case 'tagged':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'either':
      return shape.shapes.some((alternative) => hasType(alternative, value))
  }
}

function typeName(shape: Shape): string {
  switch (shape.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return `a ${shape.type}`
    case 'integer':
    case 'array':
      return `an ${shape.type}`
    case 'map':
    case 'object':
    case 'tagged':
      return 'an object'
    case 'either':
      return shape.shapes.map(typeName).join(' or ')
  }
}

function show(path: Path): string {
  if (path.length === 0) return 'body'
  return path.length === 1 ? `body.${path[0]}` : path.join('.')
}
