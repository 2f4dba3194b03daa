import { limits } from '#protocol/limits.ts'
import { expect, test } from 'vitest'
import { ImportPlan } from './import-plan.ts'

test('Files of the project are taken and counted.', () => {
  const plan = new ImportPlan()
  expect(plan.consider({ path: 'src/a.ts', bytes: 10 })).toBe('take')
  expect(plan.consider({ path: '.github/workflows/check.yml', bytes: 5 })).toBe('take')
  expect({ files: plan.files, bytes: plan.bytes, skipped: plan.skipped }).toEqual({ files: 2, bytes: 15, skipped: [] })
})

test('Folders of tools are left out at any depth and reported once, as folders.', () => {
  const plan = new ImportPlan()
  expect(plan.consider({ path: 'node_modules/a/index.js', bytes: 1 })).toBe('skip')
  expect(plan.consider({ path: 'node_modules/b/index.js', bytes: 1 })).toBe('skip')
  expect(plan.consider({ path: 'web/.git/HEAD', bytes: 1 })).toBe('skip')
  plan.skipFolder('api/__pycache__')
  expect(plan.skipped).toEqual([
    { path: 'node_modules/', reason: 'ignored' },
    { path: 'web/.git/', reason: 'ignored' },
    { path: 'api/__pycache__/', reason: 'ignored' },
  ])
})

test('A file that merely bears the name of such a folder is taken.', () => {
  expect(new ImportPlan().consider({ path: 'docs/node_modules', bytes: 1 })).toBe('take')
})

test('A file that is too large is skipped and the rest goes on.', () => {
  const plan = new ImportPlan()
  expect(plan.consider({ path: 'film.mp4', bytes: limits.importFileBytes + 1 })).toBe('skip')
  expect(plan.consider({ path: 'a.ts', bytes: 1 })).toBe('take')
  expect(plan.skipped).toEqual([{ path: 'film.mp4', reason: 'too_large' }])
})

test('Counting stops at the limit of files, which is itself still allowed.', () => {
  const plan = new ImportPlan()
  for (let number = 0; number < limits.filesPerSession; number++)
    expect(plan.consider({ path: `${number}.ts`, bytes: 1 })).toBe('take')
  expect(plan.consider({ path: 'one-more.ts', bytes: 1 })).toBe('too_many_files')
})

test('Ignored files do not count towards the limit of files.', () => {
  const plan = new ImportPlan()
  for (let number = 0; number < 10_000; number++) plan.consider({ path: `node_modules/${number}.js`, bytes: 1 })
  expect(plan.consider({ path: 'a.ts', bytes: 1 })).toBe('take')
})

test('An import stops where all files together are too large.', () => {
  const plan = new ImportPlan()
  const bytes = limits.importFileBytes
  const fitting = Math.floor(limits.importBytes / bytes)
  for (let number = 0; number < fitting; number++) expect(plan.consider({ path: `${number}.bin`, bytes })).toBe('take')
  expect(plan.consider({ path: 'last.bin', bytes })).toBe('too_large')
})
