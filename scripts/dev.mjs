import { checkNode, installDependencies } from './set-up.mjs'
import { run } from './steps.mjs'

/** `npm run dev`: the same server with Next's development build and hot reload. */
checkNode()
await installDependencies()
await run(process.execPath, ['scripts/build-react-types.mjs'])
process.env.NODE_ENV = 'development'
process.env.NEXT_TELEMETRY_DISABLED = '1'
const { register } = await import('tsx/esm/api')
register()
await import('../server/index.ts')
