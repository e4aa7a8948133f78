import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GpusChange, Gpus as State } from '../../../shared/contract/gpus'
import { openDatabase } from '../../platform/database'
import { Children } from '../../process/children'
import { listProcesses } from '../../process/process-list'
import { binary, bundledScript, type Program } from '../../process/program'
import { MachineFolder } from '../../simulator/cards/machine-folder'
import { setNvidiaSmiFault } from '../../simulator/cards/nvidia-smi-fault'
import type { NvidiaSmiFault } from '../../simulator/configuration'
import { gpuMigrations } from './gpu-migrations'
import { Gpus } from './gpus'

const silent = { info() {}, warn() {}, error() {} }
const script = resolve('dist/electron/simulator/nvidia-smi.cjs')

let folder: string
const closers: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-gpus-'))
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** The simulated nvidia-smi; its fault can be changed while it runs, as a driver's can. */
function simulated(configuration: object = {}) {
  const file = join(folder, 'configuration.json')
  writeFileSync(file, JSON.stringify({ stateFolder: folder, ...configuration }))
  const program = bundledScript(script)
  const machine = new MachineFolder(folder)
  // The work of the test's own process stands for a server that keeps the first card half busy.
  const work = setInterval(() => tellWork(), 1000)
  const tellWork = () =>
    machine.write(`server-${process.pid}`, [
      { busyShare: 0.5, effortShare: 0.5 },
      { busyShare: 0, effortShare: 0 },
    ])
  tellWork()
  closers.push(() => clearInterval(work))
  const setFault = (fault: NvidiaSmiFault | null) => setNvidiaSmiFault(machine, fault)
  return { program: { ...program, environment: { ...program.environment, CORRAL_SIMULATOR: file } }, setFault }
}

function shell(text: string): Program {
  const file = join(folder, 'nvidia-smi')
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return binary(file)
}

function watch(findProgram: () => Program | null) {
  const children = new Children(join(folder, 'children.json'), silent)
  const database = openDatabase(join(folder, 'corral.db'), gpuMigrations)
  const gpus = new Gpus({ findProgram, isSimulated: () => false, children, database, logger: silent })
  gpus.open()
  closers.push(async () => {
    await gpus.close()
    await children.close()
    database.close()
  })
  const until = (holds: (state: State) => boolean) => gpus.state.until(holds, AbortSignal.timeout(20_000))
  return { gpus, until, state: () => gpus.state.current }
}

const smiProcesses = async () =>
  (await listProcesses()).filter(({ command }) => command.includes(script) && command.includes('-lms'))

test('two cards are found and read, each with its own values', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards.length === 2 && cards.every(({ latest }) => latest !== null))
  expect(state()).toMatchObject({ state: 'watching', driverVersion: '580.95.05', reason: null })
  expect(state().cards.map(({ name, memoryTotalBytes, pcie }) => [name, memoryTotalBytes, pcie])).toEqual([
    ['GeForce RTX 4090', 24_564 * 2 ** 20, '4.0 × 16'],
    ['GeForce RTX 4090', 24_564 * 2 ** 20, '4.0 × 16'],
  ])
  expect(state().cards[0]?.latest?.utilizationPercent).toBeGreaterThan(30)
  expect(state().cards[1]?.latest).toMatchObject({ utilizationPercent: 0, throttleReasons: ['idle'], fanPercent: 0 })
})

test('a lost card is told, and the other goes on', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { until, state, gpus } = watch(() => program)
  await until(({ cards }) => cards.length === 2 && cards.every(({ latest }) => latest !== null))
  setFault({ kind: 'lost-card', index: 1 })
  await until(({ cards }) => cards[1]?.lostReason !== null)
  expect(state().cards[1]).toMatchObject({ lostReason: 'GPU is lost', latest: null })
  const before = state().cards[0]?.latest?.atMs ?? 0
  await until(({ cards }) => (cards[0]?.latest?.atMs ?? 0) > before)
  expect(state().cards[0]?.lostReason).toBeNull()
  setFault(null)
  await until(({ cards }) => cards[1]?.latest !== null)
  expect(gpus.state.current.cards[1]?.lostReason).toBeNull()
})

test('fields that a driver does not know are dropped, the rest is read', async () => {
  const { program, setFault } = simulated()
  setFault({ kind: 'unknown-fields', fields: ['clocks_throttle_reasons.active', 'enforced.power.limit', 'fan.speed'] })
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(state().cards[0]?.latest).toMatchObject({ powerLimitWatts: null, fanPercent: null })
  expect(state().cards[0]?.latest?.powerWatts).toBeGreaterThan(10)
})

test('a killed nvidia-smi is started again, and one child is all there ever is', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  const [first, ...more] = await smiProcesses()
  expect(more).toEqual([])
  process.kill(first?.pid ?? 0, 'SIGKILL')
  await until(({ cards }) => cards.every(({ latest }) => latest === null))
  await until(({ cards }) => cards[0]?.latest != null)
  expect((await smiProcesses()).map(({ pid }) => pid)).not.toEqual([first?.pid])
  expect(state().state).toBe('watching')
})

test.each([
  ['no-driver', 'absent', 'no-driver'],
  ['no-devices', 'absent', 'no-devices'],
] as const)('%s is a calm answer: %s', async (kind, expectedState, reason) => {
  const { program, setFault } = simulated()
  setFault({ kind })
  const { until, state } = watch(() => program)
  await until((now) => now.state !== 'probing')
  expect(state()).toMatchObject({ state: expectedState, reason, cards: [] })
})

test('a machine without nvidia-smi has no cards, and is asked again on demand', async () => {
  let program: Program | null = null
  const { gpus, until, state } = watch(() => program)
  await until((now) => now.state === 'absent')
  expect(state().reason).toBe('no-nvidia-smi')
  const ready = simulated()
  ready.setFault(null)
  program = ready.program
  gpus.lookAgain()
  await until(({ cards }) => cards.length === 2)
})

test('a driver that was updated under a running system is said to need a restart', async () => {
  const program = shell('echo "Failed to initialize NVML: Driver/library version mismatch"; exit 18')
  const { until, state } = watch(() => program)
  await until((now) => now.state === 'failed')
  expect(state()).toMatchObject({ reason: 'driver-mismatch', detail: expect.stringContaining('version mismatch') })
})

test('garbage between the rows is passed over', async () => {
  const program = shell(`case "$*" in
    *-lms*) while :; do echo "WARNING: infoROM is corrupted at gpu 0000:01:00.0"; echo "0, GPU-a, 7, 100, 400, 33.00, [N/A], 40, 210, 405, [N/A], P8, 0x0000000000000001"; sleep 0.2; done ;;
    *driver_version*) echo "0, GPU-a, NVIDIA Test, 595.80, 8192, 200.00, 220.00, 4, 16" ;;
    *compute-apps*) exit 0 ;;
    *) echo "0, GPU-a, 7, 100, 400, 33.00, [N/A], 40, 210, 405, [N/A], P8, 0x0000000000000001" ;;
  esac`)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(state()).toMatchObject({
    driverVersion: '595.80',
    cards: [
      {
        name: 'Test',
        latest: {
          utilizationPercent: 7,
          memoryUsedBytes: 100 * 2 ** 20,
          memoryReservedBytes: 400 * 2 ** 20,
          fanPercent: null,
          powerLimitWatts: null,
        },
      },
    ],
  })
})

/** Two cards of driver 550, the second of them out of reach: it fails the question to all (gpu.md 1.5). */
const secondCardLost = `
row="0, GPU-a, 7, 100, 400, 33.00, 450.00, 40, 210, 405, 0, P8, 0x0000000000000001"
case "$*" in
  *-L*|*compute-apps*) exit 0 ;;
  "-i 0 "*driver_version*) echo "0, GPU-a, NVIDIA Test, 550.163, 8192, 200.00, 220.00, 4, 16" ;;
  "-i 0 "*-lms*) while :; do echo "$row"; sleep 0.2; done ;;
  "-i 0 --query-gpu=index "*) echo 0 ;;
  "-i 0 "*) echo "$row" ;;
  "-i 2 "*) echo "No devices were found"; exit 6 ;;
  *) echo "Unable to determine the device handle for GPU0000:02:00.0: GPU is lost.  Reboot the system to recover this GPU"; exit 15 ;;
esac`

test('a card that is lost before the start is named, and the other is watched', async () => {
  const program = shell(secondCardLost)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(state()).toMatchObject({
    state: 'watching',
    cards: [{ uuid: 'GPU-a', latest: { utilizationPercent: 7 } }],
    unreachable: [{ card: '0000:02:00.0', reason: 'GPU is lost. Reboot the system to recover this GPU' }],
  })
})

test('a row without a name is not taken for the card beside it', async () => {
  const program = shell(`lost="[GPU is lost]"
    row="0, GPU-a, 7, 100, 400, 33.00, 450.00, 40, 210, 405, 0, P8, 0x0000000000000001"
    none="$lost, $lost, $lost, $lost, $lost, $lost, $lost, $lost, $lost, $lost, 30, P0, $lost"
    case "$*" in
      *-lms*) while :; do echo "$row"; echo "$none"; sleep 0.2; done ;;
      *driver_version*) echo "0, GPU-a, NVIDIA Test, 580.9, 8192, 200.00, 220.00, 4, 16"
        echo "$lost, $lost, $lost, 580.9, $lost, $lost, $lost, $lost, $lost" ;;
      *compute-apps*) exit 0 ;;
      *) echo "$row"; echo "$none" ;;
    esac`)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  const seen = await until(({ cards }) => (cards[0]?.latest?.atMs ?? 0) > (state().cards[0]?.latest?.atMs ?? 0) - 1)
  expect(seen.cards).toMatchObject([{ uuid: 'GPU-a', lostReason: null }])
  expect(seen.unreachable).toEqual([{ card: '1', reason: 'GPU is lost' }])
})

test('who holds memory is read while somebody asks, and again when it has changed', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { gpus, until } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(gpus.processes()).toEqual([])
  new MachineFolder(folder).write(`runner-${process.pid}`, { name: '/opt/ollama/runner', cardBytes: [2 ** 30, 0] })
  await until(({ cards }) => {
    gpus.processes()
    return cards[0]?.processes.length === 1
  })
  expect(gpus.processes()).toEqual([
    { uuid: gpus.state.current.cards[0]?.uuid, pid: process.pid, name: 'runner', usedBytes: 2 ** 30 },
  ])
})

test('the history has a point a step, and nothing where nothing was read', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { gpus, until } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  let isFirst = true
  for await (const history of gpus.watchHistory(5, AbortSignal.timeout(20_000))) {
    expect(history.isWhole).toBe(isFirst)
    if (isFirst) expect(history.atMs).toHaveLength(200)
    else expect(history.atMs.length).toBeLessThan(6)
    expect(history.cards.map(({ uuid }) => uuid)).toEqual(gpus.state.current.cards.map(({ uuid }) => uuid))
    const series = history.cards[0]?.utilizationPercent ?? []
    if (isFirst) expect(series[0]).toBeNull()
    if (!isFirst && series.some((value) => value !== null)) return
    isFirst = false
  }
  throw new Error('no point came')
})

test('of cards that only read on, a watch is sent the readings and nothing else', async () => {
  const { program, setFault } = simulated()
  setFault(null)
  const { gpus, until } = watch(() => program)
  await until(({ cards }) => cards.length > 1 && cards.every(({ latest }) => latest !== null))
  const changes: GpusChange[] = []
  for await (const change of gpus.watch(AbortSignal.timeout(20_000))) {
    if (changes.push(change) === 4) break
  }
  const [first, ...later] = changes
  expect(first).toMatchObject({ whole: { state: 'watching' } })
  expect(later.every((change) => 'readings' in change)).toBe(true)
  expect(Math.max(...later.map((change) => JSON.stringify(change).length))).toBeLessThan(1400)
})

test('G1: a card that shares the memory of the machine has its size, and what is used of it', async () => {
  const card = { uuid: 'GPU-1', name: 'NVIDIA GB10', memoryMebibytes: 1, powerLimitWatts: 140, bytesPerSecond: 1 }
  const { program, setFault } = simulated({ cards: [{ ...card, sharesMemory: true }] })
  setFault(null)
  const { until, state } = watch(() => program)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(state().cards[0]).toMatchObject({ sharesMemory: true, memoryTotalBytes: totalmem() })
  expect(state().cards[0]?.latest?.memoryUsedBytes).toBeGreaterThan(2 ** 20)
  expect(state().cards[0]?.latest?.memoryUsedBytes).toBeLessThanOrEqual(totalmem())
})

test.each([
  ['init-unknown', 'devices-taken'],
  ['os-blocked', 'blocked-by-system'],
] as const)('G3: %s has a reason of its own, and the cards come back by themselves', async (kind, reason) => {
  const { program, setFault } = simulated()
  setFault({ kind })
  const { until, state } = watch(() => program)
  await until((now) => now.state === 'failed')
  expect(state().reason).toBe(reason)
  setFault(null)
  await until(({ cards }) => cards[0]?.latest != null)
  expect(state()).toMatchObject({ state: 'watching', reason: null })
})
