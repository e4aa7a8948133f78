import { askCommand } from './terminal/ask'
import { spendCommand } from './terminal/spend'

const commands: Record<string, (commandLine: readonly string[], systemLanguage: string) => Promise<number>> = {
  ask: askCommand,
  spend: spendCommand,
}

/** Corral's commands for a terminal: the parts of it that need neither a page nor a data folder. */
async function main() {
  const [name = '', ...commandLine] = process.argv.slice(2)
  const command = commands[name]
  if (!command) {
    process.stderr.write(`Commands: ${Object.keys(commands).join(', ')}\n`)
    return 2
  }
  const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'en'
  return command(commandLine, language)
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 3
  },
)
