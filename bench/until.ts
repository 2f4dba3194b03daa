/** Resolves once the condition holds, looked at every few milliseconds; throws after `mostMs`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, mostMs = 60_000): Promise<void> {
  for (const end = performance.now() + mostMs; !(await holds());) {
    if (performance.now() > end) throw new Error(`it did not come to pass that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
