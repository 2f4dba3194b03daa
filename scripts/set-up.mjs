import { existsSync } from 'node:fs'
import path from 'node:path'
import { fingerprint, isDone, markDone, run, runBin, say, stop } from './steps.mjs'

const leastNode = [20, 19]

/** Everything that `next build` and the generated type files read. */
const buildInputs = [
  'app',
  'components',
  'protocol',
  'public',
  'scripts/build-react-types.mjs',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'tsconfig.base.json',
  'package-lock.json',
]

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1])) {
    stop(`Node ${leastNode.join('.')} or newer is needed; this is ${process.versions.node}.`)
  }
}

/** Installs what the lockfile names, unless exactly that is installed already. */
export async function installDependencies() {
  const print = await fingerprint(['package-lock.json'], {
    salt: `${process.versions.modules} ${process.platform} ${process.arch}`,
  })
  const stamp = 'node_modules/.flint-installed'
  if (isDone(stamp, print)) return
  say(
    'installing dependencies from package-lock.json (SQLite is compiled where no prebuilt binary can be fetched: one to two minutes)',
  )
  const npm = process.env.npm_execpath
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, 'ci', '--no-fund', '--no-audit'], { quiet: true })
    : await run('npm', ['ci', '--no-fund', '--no-audit'], { quiet: true })
  if (code !== 0) {
    stop(
      'npm ci failed, its output is above; if better-sqlite3 could not be compiled, install Python 3, make and a C++ compiler (on Debian: apt-get install python3 make g++) and try again.',
    )
  }
  if ((await run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], { quiet: true })) !== 0) {
    say('compiling SQLite for this Node')
    if ((await run('npm', ['rebuild', 'better-sqlite3', '--foreground-scripts'], { quiet: true })) !== 0) {
      stop(
        'better-sqlite3 could not be built: install Python 3, make and a C++ compiler (on Debian: apt-get install python3 make g++) and try again.',
      )
    }
  }
  await markDone(stamp, print)
}

/** Builds the browser's half, unless the build is of exactly these sources. */
export async function build() {
  const print = await fingerprint(buildInputs, { without: ['public/types'] })
  const stamp = '.next/flint-built'
  if (isDone(stamp, print)) return
  say('building the app (about a minute)')
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  if ((await run(process.execPath, ['scripts/build-react-types.mjs'], { quiet: true })) !== 0)
    stop('the type files for the editor could not be collected; the output is above.')
  if ((await runBin('next/dist/bin/next', ['build'], { quiet: true, env })) !== 0)
    stop('next build failed; its output is above.')
  await markDone(stamp, print)
}

/** Finds a Chromium for the browser journeys, installing one where that is possible. Returns its path. */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined) return existsSync(named) ? named : stop(`CHROMIUM_PATH names ${named}, where there is no file.`)
  const system = systemBrowser()
  if (system !== undefined) return system
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installing Chromium with apt-get for the browser journeys')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['install', '-y', '--no-install-recommends', 'chromium']
    if ((await run('apt-get', install, { quiet: true, env })) !== 0) {
      await run('apt-get', ['update'], { quiet: true, env })
      await run('apt-get', install, { quiet: true, env })
    }
    const installed = systemBrowser()
    if (installed !== undefined) return installed
  }
  say("installing Playwright's own Chromium for the browser journeys")
  if ((await runBin('playwright/cli.js', ['install', 'chromium'], { quiet: true })) === 0) {
    const { chromium } = await import('playwright')
    if (existsSync(chromium.executablePath())) return chromium.executablePath()
  }
  return stop('the browser journeys need Chromium: install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH.')
}

function systemBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), mac].find((file) => existsSync(file))
}
