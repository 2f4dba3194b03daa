import { expect, test } from 'vitest'
import { documentHash } from './document-hash.ts'

test('[D11] the hash is SHA-256 over the text in UTF-8 and the state vector', () => {
  const empty = documentHash('', new Uint8Array())
  expect(empty).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(documentHash('ab', new Uint8Array([0x63]))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(documentHash('é', new Uint8Array([1]))).not.toBe(documentHash('é', new Uint8Array([2])))
})
