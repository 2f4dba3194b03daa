import { checkNode, installDependencies } from './set-up.mjs'
import { sayTo } from './steps.mjs'

/** `npm run --silent apply`: applies a model's answer to a folder. Stdout is for the result alone. */
sayTo(process.stderr)
checkNode()
await installDependencies()
const { register } = await import('tsx/esm/api')
register()
const { apply } = await import('./apply/apply.ts')
const { argv, env, stdin, stdout, stderr } = process
// npm runs scripts in the checkout; a folder is meant as seen from where the command was typed.
const workingFolder = env.npm_lifecycle_event === 'apply' ? (env.INIT_CWD ?? process.cwd()) : process.cwd()
process.exitCode = await apply({ args: argv.slice(2), workingFolder, stdin, stdout, stderr })
