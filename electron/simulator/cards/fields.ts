import type { SimulatedCard } from '../configuration'
import type { Reading } from './card-sensors'

export type CardRow = { card: SimulatedCard; index: number; cardCount: number; driverVersion: string; reading: Reading }

type Field = {
  unit?: string
  /** The header's name, where it is another than the one asked for. */
  title?: string
  /** Driver branches that know it, as far as they are simulated. */
  since?: number
  until?: number
  read(row: CardRow): string
}

/** What the driver keeps for itself. */
const reservedMebibytes = 450

const words = (text: string, more: Partial<Field> = {}): Field => ({ ...more, read: () => text })
const whole = (unit: string, read: (row: CardRow) => number, more: Partial<Field> = {}): Field => ({
  unit,
  ...more,
  read: (row) => String(Math.round(read(row))),
})
/** Of the card's own memory, which some have not. */
const ofOwnMemory = (read: (row: CardRow) => number, more: Partial<Field> = {}): Field => ({
  unit: 'MiB',
  ...more,
  read: (row) => (row.card.sharesMemory ? '[N/A]' : String(Math.round(read(row)))),
})
const watts = (read: (row: CardRow) => number, more: Partial<Field> = {}): Field => ({
  unit: 'W',
  ...more,
  read: (row) => read(row).toFixed(2),
})

const mebibytesUsed = ({ reading }: CardRow) => Math.round(reading.usedBytes / 2 ** 20) + 4
const limit = watts(({ card }) => card.powerLimitWatts)
const clock = (title: string, read: (row: CardRow) => number) => whole('MHz', read, { title })
const core = ({ reading }: CardRow) => reading.coreMegahertz
const memoryClock = ({ reading }: CardRow) => reading.memoryMegahertz
const generation = ({ reading }: CardRow) => (reading.performanceState === 'P8' ? '1' : '4')
const busId = ({ index }: CardRow) => `00000000:0${index + 1}:00.0`

const reasons: Record<string, number> = {
  gpu_idle: 0x1,
  applications_clocks_setting: 0x2,
  sw_power_cap: 0x4,
  hw_slowdown: 0x8,
  sync_boost: 0x10,
  sw_thermal_slowdown: 0x20,
  hw_thermal_slowdown: 0x40,
  hw_power_brake_slowdown: 0x80,
}

/** Throttle reasons under either of their names: 535 renamed them, and kept the old names as others for the same. */
const reasonFields = (prefix: string, more: Partial<Field>): Record<string, Field> => ({
  [`${prefix}.supported`]: words('0x00000000000001FF', { ...more, title: 'clocks_event_reasons.supported' }),
  [`${prefix}.active`]: {
    ...more,
    title: 'clocks_event_reasons.active',
    read: ({ reading }) => `0x${reading.throttleMask.toString(16).padStart(16, '0')}`,
  },
  ...Object.fromEntries(
    Object.entries(reasons).map(([name, bit]): [string, Field] => [
      `${prefix}.${name}`,
      {
        ...more,
        title: `clocks_event_reasons.${name}`,
        read: ({ reading }) => (reading.throttleMask & bit ? 'Active' : 'Not Active'),
      },
    ]),
  ),
})

const fields: Record<string, Field> = {
  timestamp: { read: () => stamp(new Date()) },
  index: { read: ({ index }) => String(index) },
  uuid: { read: ({ card }) => card.uuid },
  gpu_uuid: { title: 'uuid', read: ({ card }) => card.uuid },
  name: { read: ({ card }) => card.name },
  gpu_name: { title: 'name', read: ({ card }) => card.name },
  serial: words('[N/A]'),
  count: { read: ({ cardCount }) => String(cardCount) },
  'pci.bus_id': { read: busId },
  gpu_bus_id: { title: 'pci.bus_id', read: busId },
  'pci.domain': words('0x0000'),
  'pci.bus': { read: ({ index }) => `0x0${index + 1}` },
  'pci.device': words('0x00'),
  'pci.device_id': words('0x268410DE'),
  driver_version: { read: ({ driverVersion }) => driverVersion },
  vbios_version: words('95.02.3C.00.8C'),
  compute_cap: words('8.9', { since: 535 }),
  compute_mode: words('Default'),
  persistence_mode: words('Disabled'),
  addressing_mode: words('HMM', { since: 535 }),
  display_mode: words('Disabled'),
  display_active: words('Disabled'),
  display_attached: words('No', { since: 580 }),
  gpu_recovery_action: words('None', { since: 580 }),
  'driver_model.current': words('[N/A]'),
  'driver_model.pending': words('[N/A]'),
  'mig.mode.current': words('[N/A]'),
  'mig.mode.pending': words('[N/A]'),
  'ecc.mode.current': words('Disabled'),
  'ecc.mode.pending': words('Disabled'),
  pstate: { read: ({ reading }) => reading.performanceState },
  'fan.speed': whole('%', ({ reading }) => reading.fanPercent),
  'memory.total': ofOwnMemory(({ card }) => card.memoryMebibytes),
  'memory.used': ofOwnMemory(mebibytesUsed),
  'memory.reserved': ofOwnMemory(() => reservedMebibytes, { since: 535 }),
  'memory.free': ofOwnMemory((row) => row.card.memoryMebibytes - reservedMebibytes - mebibytesUsed(row)),
  'utilization.gpu': whole('%', ({ reading }) => reading.utilizationPercent),
  'utilization.memory': whole('%', ({ reading }) => reading.utilizationPercent * 0.82),
  'utilization.encoder': words('0', { unit: '%', since: 535 }),
  'utilization.decoder': words('0', { unit: '%', since: 535 }),
  'utilization.jpeg': words('0', { unit: '%', since: 535 }),
  'utilization.ofa': words('0', { unit: '%', since: 535 }),
  'temperature.gpu': { read: ({ reading }) => String(Math.round(reading.celsius)) },
  'temperature.gpu.tlimit': { since: 535, read: ({ reading }) => String(Math.round(90 - reading.celsius)) },
  'temperature.memory': words('N/A'),
  'power.management': words('Enabled'),
  'power.draw': watts(({ reading }) => reading.watts),
  'power.draw.average': watts(({ reading }) => reading.watts, { since: 535 }),
  'power.draw.instant': watts(({ reading }) => reading.instantWatts, { since: 535 }),
  'power.limit': limit,
  'enforced.power.limit': limit,
  'power.default_limit': limit,
  'power.min_limit': watts(() => 150),
  'power.max_limit': watts(({ card }) => card.powerLimitWatts * (4 / 3)),
  'clocks.sm': clock('clocks.current.sm', core),
  'clocks.current.sm': clock('clocks.current.sm', core),
  'clocks.gr': clock('clocks.current.graphics', core),
  'clocks.current.graphics': clock('clocks.current.graphics', core),
  'clocks.mem': clock('clocks.current.memory', memoryClock),
  'clocks.current.memory': clock('clocks.current.memory', memoryClock),
  'clocks.video': clock('clocks.current.video', (row) => core(row) * 0.78),
  'clocks.current.video': clock('clocks.current.video', (row) => core(row) * 0.78),
  'clocks.max.sm': clock('clocks.max.sm', () => 3105),
  'clocks.max.gr': clock('clocks.max.graphics', () => 3105),
  'clocks.max.graphics': clock('clocks.max.graphics', () => 3105),
  'clocks.max.mem': clock('clocks.max.memory', () => 10_501),
  'clocks.max.memory': clock('clocks.max.memory', () => 10_501),
  'pcie.link.gen.current': { read: generation },
  'pcie.link.gen.gpucurrent': { since: 535, read: generation },
  'pcie.link.gen.max': words('4'),
  'pcie.link.gen.gpumax': words('4', { since: 535 }),
  'pcie.link.gen.hostmax': words('5', { since: 535 }),
  'pcie.link.width.current': words('16'),
  'pcie.link.width.max': words('16'),
  'gsp.mode.current': words('Enabled', { since: 535 }),
  'gsp.mode.default': words('Enabled', { since: 535 }),
  ...reasonFields('clocks_throttle_reasons', {}),
  ...reasonFields('clocks_event_reasons', { since: 535 }),
}

/** Families of fields that these cards do not have: known, but not applicable. */
const absentFamilies =
  /^(ecc\.errors|retired_pages|inforom|gom|accounting|encoder\.stats|clocks\.(default_)?applications|vgpu_\w+)\.[\w.]+$/

/** The field as a driver of this branch knows it; null where it is no valid field there. */
export function fieldOf(name: string, branch: number): Field | null {
  const field = fields[name]
  if (!field) return absentFamilies.test(name) ? words('[N/A]') : null
  if ((field.since ?? 0) > branch || (field.until ?? Number.POSITIVE_INFINITY) < branch) return null
  return name.startsWith('clocks_throttle_reasons') && branch < 535 ? { ...field, title: name } : field
}

const two = (value: number, length = 2) => String(value).padStart(length, '0')

/** Local time without a zone, as nvidia-smi prints it for each row. */
export const stamp = (at: Date) =>
  `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`
