import { StoreFailure } from '#store/store-failure.ts'
import { ConfigError, readConfig } from './env.ts'
import { startFlint } from './flint.ts'

/** The process: reads the environment, starts Flint, says where it is, and ends it in good order. */
try {
  const config = readConfig(process.env)
  const flint = await startFlint(config)
  process.stdout.write(`flint: ready on ${flint.url}\n`)

  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    flint.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`flint: did not end in good order: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
} catch (error) {
  process.stderr.write(`flint: ${startFailure(error)}\n`)
  process.exit(1)
}

/** One sentence for what a person can mend; the whole stack for what only a developer can. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (error instanceof StoreFailure) return `the database in DATA_DIR cannot be opened: ${error.message}`
  const { code, stack } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EADDRINUSE':
      return 'that PORT is taken by another program; stop it or set PORT to another number.'
    case 'EADDRNOTAVAIL':
      return 'HOST is not an address of this machine.'
    case 'EACCES':
      return 'DATA_DIR or PORT may not be used by this user.'
    default:
      return stack ?? String(error)
  }
}
