import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { build, checkNode, installDependencies } from './set-up.mjs'
import { root, runBin, stop } from './steps.mjs'

/** `npm run bench -- NAME [options]` runs bench/NAME/main.ts. */
const [name = '', ...options] = process.argv.slice(2)
const names = (await readdir(path.join(root, 'bench'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && existsSync(path.join(root, 'bench', entry.name, 'main.ts')))
  .map((entry) => entry.name)
const entry = path.join('bench', name, 'main.ts')
if (!names.includes(name)) stop(`npm run bench -- NAME, where NAME is one of ${names.join(', ')}.`)
checkNode()
await installDependencies()
await build()
process.exitCode = await runBin('tsx/dist/cli.mjs', [entry, ...options], { env: { ...process.env, NODE_ENV: 'production' } })
