import { readFile } from 'node:fs/promises'
import { text as wholeText } from 'node:stream/consumers'
import { calculate, type TariffList } from '../../shared/spend/calculate'
import prices from '../../shared/spend/data/prices-2026-11.json'
import tariffs from '../../shared/spend/data/tariffs.json'
import { SpendInputError } from '../../shared/spend/decimal'
import type { PriceList } from '../../shared/spend/price-list'
import { presets, readScenario, ScenarioError } from '../../shared/spend/scenario'

const usage = `npm run spend -- SCENARIO.json   works a scenario out and prints the result as JSON; - reads stdin
npm run -s spend -- --example      prints the article's scenario, to begin with
Exit: 0 done, 2 bad usage or a field that cannot be read.
`

/** Works out a scenario file; exact decimals, nothing asked of any host. Gives the exit code. */
export async function spendCommand(commandLine: readonly string[]): Promise<number> {
  const [file, ...more] = commandLine
  if (file === '--example' && more.length === 0) return print(presets.article)
  if (file === undefined || more.length > 0 || (file.startsWith('-') && file !== '-')) return refuse(usage)
  let content: unknown
  try {
    content = JSON.parse(file === '-' ? await wholeText(process.stdin) : await readFile(file, 'utf8'))
  } catch (error) {
    return refuse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
  }
  try {
    const scenario = readScenario(content)
    return print(calculate(scenario, prices as unknown as PriceList, tariffs as unknown as TariffList))
  } catch (error) {
    if (error instanceof ScenarioError || error instanceof SpendInputError) return refuse(`${error.message}\n`)
    throw error
  }
}

function print(value: unknown): number {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  return 0
}

function refuse(message: string): number {
  process.stderr.write(message)
  return 2
}
