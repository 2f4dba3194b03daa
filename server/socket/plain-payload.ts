/**
 * Whether a decoded payload holds only plain objects, lists, bytes and simple values. A key `__proto__` on the wire becomes an object's
 * prototype, whose properties a schema would take for the object's own.
 */
export function isPlainPayload(payload: unknown): boolean {
  const unseen = [payload]
  while (unseen.length > 0) {
    const value = unseen.pop()
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue
    if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false
    // Not spread: a frame can hold more values than a call takes arguments.
    for (const entry of Object.values(value)) unseen.push(entry)
  }
  return true
}
