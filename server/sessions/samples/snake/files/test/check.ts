/** A test runner in a few lines. A failing test is thrown, so the run ends with an error. */
export function test(title: string, body: () => void): void {
  try {
    body()
  } catch (error) {
    console.error(`✗ ${title}`)
    throw error
  }
  console.log(`✓ ${title}`)
}

/** Compares by value: objects and arrays are equal if they hold the same. */
export function equal(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`)
}
