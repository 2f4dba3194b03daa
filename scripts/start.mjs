import { build, checkNode, installDependencies } from './set-up.mjs'

/** `npm start`: installs what is missing, builds what is stale, serves. */
checkNode()
await installDependencies()
await build()
process.env.NODE_ENV = 'production'
process.env.NEXT_TELEMETRY_DISABLED = '1'
const { register } = await import('tsx/esm/api')
register()
await import('../server/index.ts')
