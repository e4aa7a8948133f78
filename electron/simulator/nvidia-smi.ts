import { setTimeout as pause } from 'node:timers/promises'
import { CardSensors } from './card-sensors'
import { type NvidiaSmiFault, readConfiguration, type SimulatedCard } from './configuration'
import { isAlive, type MachineState, readMachineState } from './machine-state'
import { knownFields, type Row } from './nvidia-smi-fields'

const noDriver =
  "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n\n"

const configuration = readConfiguration()

/** The simulated `nvidia-smi` executable: the queries Corral asks, on cards that follow what the simulated server does. */
async function main(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(0))
  process.stdout.on('error', () => process.exit(0))
  const options = readOptions(process.argv.slice(2))
  const fault = faultNow()
  if (fault?.kind === 'hangs') await pause(2 ** 30)
  if (fault?.kind === 'no-driver') return finish(9, noDriver)
  if (fault?.kind === 'no-devices' || configuration.cards.length === 0) return finish(6, 'No devices were found\n')
  if (options.has('-L')) {
    return finish(
      0,
      configuration.cards.map((card, index) => `GPU ${index}: ${card.name} (UUID: ${card.uuid})\n`).join(''),
    )
  }
  if (options.has('--version')) {
    return finish(
      0,
      'NVIDIA-SMI version  : 580.95.05\nNVML version        : 580.95\nDRIVER version      : 580.95.05\nCUDA Version        : 13.0\n',
    )
  }
  const query = options.get('--query-gpu')
  if (query !== undefined) return answerCards(query.split(','), options)
  const processes = options.get('--query-compute-apps')
  if (processes !== undefined) return finish(0, processRows(processes.split(',')))
  finish(0, 'NVIDIA-SMI 580.95.05 (simulated)\n')
}

function readOptions(commandArguments: string[]): Map<string, string> {
  const options = new Map<string, string>()
  for (let place = 0; place < commandArguments.length; place++) {
    const [name = '', value] = (commandArguments[place] ?? '').split(/=(.*)/s)
    const takesNext = ['-lms', '-l', '-i', '--loop-ms', '--loop', '--id'].includes(name) && value === undefined
    options.set(name, takesNext ? (commandArguments[++place] ?? '') : (value ?? ''))
  }
  return options
}

function finish(code: number, text: string): void {
  process.stdout.write(text, () => process.exit(code))
}

const machineState = (): MachineState | null => readMachineState(configuration.stateFolder)

const faultNow = (): NvidiaSmiFault | null => machineState()?.fault ?? configuration.faults.nvidiaSmi ?? null

async function answerCards(fields: string[], options: Map<string, string>): Promise<void> {
  const fault = faultNow()
  const unknown = fields.find(
    (field) => !knownFields[field] || (fault?.kind === 'unknown-fields' && fault.fields.includes(field)),
  )
  if (unknown !== undefined) return finish(2, `Field "${unknown}" is not a valid field to query.\n\n`)
  const format = (options.get('--format') ?? '').split(',')
  if (!format.includes('csv')) return finish(2, 'Error: --format=csv is required.\n')
  const everyMs = Number(options.get('-lms') ?? options.get('--loop-ms') ?? 0) || Number(options.get('-l') ?? 0) * 1000
  if (!format.includes('noheader')) {
    process.stdout.write(`${fields.map((field) => header(field, format.includes('nounits'))).join(', ')}\n`)
  }
  const chosen = (options.get('-i') ?? '').split(',').filter(Boolean)
  const sensors = configuration.cards.map((card) => new CardSensors(card))
  for (;;) {
    const text = configuration.cards
      .map((card, index) => ({ card, index }))
      .filter(({ card, index }) => chosen.length === 0 || chosen.includes(String(index)) || chosen.includes(card.uuid))
      .map(({ card, index }) => cardRow(card, index, fields, sensors[index], format.includes('nounits')))
      .join('')
    process.stdout.write(text)
    if (everyMs === 0) return finish(0, '')
    await pause(everyMs)
  }
}

function header(field: string, isBare: boolean) {
  const unit = knownFields[field]?.unit
  return unit && !isBare ? `${field} [${unit}]` : field
}

function cardRow(
  card: SimulatedCard,
  index: number,
  fields: string[],
  sensors: CardSensors | undefined,
  isBare: boolean,
): string {
  const fault = faultNow()
  if (!sensors) return ''
  const row = readCard(card, index, sensors)
  const isLost = fault?.kind === 'lost-card' && fault.index === index
  const cells = fields.map((field) => {
    const known = knownFields[field]
    if (!known) return '[N/A]'
    if (isLost && !['fan.speed', 'pstate', 'timestamp'].includes(field)) return '[GPU is lost]'
    const value = known.read(row)
    return known.unit && !isBare && !value.startsWith('[') && value !== 'N/A' ? `${value} ${known.unit}` : value
  })
  return `${cells.join(', ')}\n`
}

function readCard(card: SimulatedCard, index: number, sensors: CardSensors): Row {
  const state = machineState()
  const isServing = state !== null && isAlive(state.serverPid)
  const used = (state?.processes ?? [])
    .filter((holder) => isAlive(holder.pid))
    .reduce((sum, holder) => sum + (holder.cardBytes[index] ?? 0), 0)
  const reading = sensors.read(isServing ? (state?.cards[index]?.busyShare ?? 0) : 0, used > 0)
  return { card, index, usedMebibytes: Math.round(used / 2 ** 20) + 4, ...reading }
}

function processRows(fields: string[]): string {
  const state = machineState()
  return (state?.processes ?? [])
    .filter((holder) => isAlive(holder.pid))
    .flatMap((holder) =>
      configuration.cards.flatMap((card, index) => {
        const bytes = holder.cardBytes[index] ?? 0
        if (bytes === 0) return []
        const values: Record<string, string> = {
          gpu_uuid: card.uuid,
          pid: String(holder.pid),
          process_name: holder.name,
          name: holder.name,
          used_memory: String(Math.round(bytes / 2 ** 20)),
          used_gpu_memory: String(Math.round(bytes / 2 ** 20)),
        }
        return [`${fields.map((field) => values[field] ?? '[N/A]').join(', ')}\n`]
      }),
    )
    .join('')
}

void main()
