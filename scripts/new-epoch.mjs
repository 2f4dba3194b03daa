import { checkNode, installDependencies } from './set-up.mjs'
import { say, stop } from './steps.mjs'

/** `npm run new-epoch`: for operators who have restored a backup; docs/operations.md says when. */
checkNode()
await installDependencies()
const { register } = await import('tsx/esm/api')
register()
const { pino } = await import('pino')
const { readConfig } = await import('../server/env.ts')
const { beginNewEpoch } = await import('../server/new-epoch.ts')
const { done, sentence } = await beginNewEpoch(readConfig(process.env).dataDir, pino({ level: 'silent' }))
if (!done) stop(sentence)
say(sentence)
