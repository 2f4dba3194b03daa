import { expect, test } from 'vitest'
import { ambientNeeds } from './ambient-types.ts'

const needs = (text: string, path = 'src/a.ts') => ambientNeeds([{ path, text }])

test('files that refer to nothing outside need nothing', () => {
  expect(needs("import { b } from './b.ts'\nexport * from '../c'")).toEqual({ react: false, declarations: '' })
})

test("React's own types are wanted by an import and by JSX, and never declared away", () => {
  expect(needs("import { useState } from 'react'")).toEqual({ react: true, declarations: '' })
  expect(needs("import { createRoot } from 'react-dom/client'")).toEqual({ react: true, declarations: '' })
  expect(needs('export const a = <b />', 'src/a.tsx')).toEqual({ react: true, declarations: '' })
})

test('other packages are declared without types, once each', () => {
  const text = `import _ from "lodash"\nimport type { A } from '@scope/a/b'\nconst c = await import('lodash')\nimport 'side'`
  expect(needs(text).declarations).toBe('declare module "@scope/a/b";\ndeclare module "lodash";\ndeclare module "side";')
})

test('Node, assets and the build tool bring their globals', () => {
  expect(needs("import fs from 'node:fs'").declarations).toContain('declare var process')
  expect(needs("import './style.css'").declarations).toContain("declare module '*.css'")
  expect(needs('const url = import.meta.env.BASE_URL').declarations).toContain('interface ImportMeta')
})
