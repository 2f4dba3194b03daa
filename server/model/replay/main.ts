import { parseCommandLine } from './command-line.ts'
import { onParentGone } from './parent.ts'
import { loadRecordings } from './recordings.ts'
import { createReplayServer } from './replay-server.ts'
import { tokenTexts } from './tokens.ts'

const commandLine = parseCommandLine(process.argv.slice(2))
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(commandLine.text)
    break
  case 'wrong':
    process.stderr.write(`${commandLine.problem}\n`)
    process.exitCode = 2
    break
  case 'serve':
    await serve(commandLine)
}

async function serve({ host, port, recordingsDirectory, options }: Extract<typeof commandLine, { kind: 'serve' }>) {
  const leave = () => process.exit(0)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, leave)
  onParentGone(leave)
  try {
    const recordings = await loadRecordings(recordingsDirectory)
    // The first answer should not wait for the tokenizer.
    for (const { reasoning, answer } of recordings) for (const text of [reasoning, answer]) tokenTexts(text)
    const onError = (error: unknown) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    const url = await createReplayServer({ ...options, recordings, onError }).listen(port, host)
    process.stdout.write(`replay listening on ${url}\n`)
  } catch (error) {
    process.stderr.write(`The replay backend cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
