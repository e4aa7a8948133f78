import type { SimulatedCard } from './configuration'

export type Row = {
  card: SimulatedCard
  index: number
  usedMebibytes: number
  utilizationPercent: number
  watts: number
  celsius: number
  coreMegahertz: number
  memoryMegahertz: number
  fanPercent: number
  performanceState: string
  throttleMask: number
}

type Field = { unit?: string; read: (row: Row) => string }

const reservedMebibytes = 468

const words = (text: string): Field => ({ read: () => text })

/** The fields a driver of 580 knows and Corral may ask for; drivers before it know fewer, which a fault can simulate. */
export const knownFields: Record<string, Field> = {
  timestamp: { read: () => stamp(new Date()) },
  index: { read: ({ index }) => String(index) },
  uuid: { read: ({ card }) => card.uuid },
  name: { read: ({ card }) => card.name },
  count: words('2'),
  'pci.bus_id': { read: ({ index }) => `00000000:0${index + 1}:00.0` },
  driver_version: words('580.95.05'),
  vbios_version: words('95.02.3C.00.8C'),
  compute_cap: words('8.9'),
  'memory.total': { unit: 'MiB', read: ({ card }) => String(card.memoryMebibytes) },
  'memory.used': { unit: 'MiB', read: ({ usedMebibytes }) => String(usedMebibytes) },
  'memory.reserved': { unit: 'MiB', read: () => String(reservedMebibytes) },
  'memory.free': {
    unit: 'MiB',
    read: ({ card, usedMebibytes }) => String(card.memoryMebibytes - reservedMebibytes - usedMebibytes),
  },
  'utilization.gpu': { unit: '%', read: ({ utilizationPercent }) => String(utilizationPercent) },
  'utilization.memory': { unit: '%', read: ({ utilizationPercent }) => String(Math.round(utilizationPercent * 0.82)) },
  'temperature.gpu': { read: ({ celsius }) => String(Math.round(celsius)) },
  'temperature.memory': words('N/A'),
  'power.draw': { unit: 'W', read: ({ watts }) => watts.toFixed(2) },
  'power.draw.average': { unit: 'W', read: ({ watts }) => watts.toFixed(2) },
  'power.draw.instant': { unit: 'W', read: ({ watts }) => watts.toFixed(2) },
  'power.limit': { unit: 'W', read: ({ card }) => card.powerLimitWatts.toFixed(2) },
  'enforced.power.limit': { unit: 'W', read: ({ card }) => card.powerLimitWatts.toFixed(2) },
  'power.default_limit': { unit: 'W', read: ({ card }) => card.powerLimitWatts.toFixed(2) },
  'power.min_limit': { unit: 'W', read: () => '150.00' },
  'power.max_limit': { unit: 'W', read: ({ card }) => (card.powerLimitWatts + 150).toFixed(2) },
  'clocks.sm': { unit: 'MHz', read: ({ coreMegahertz }) => String(coreMegahertz) },
  'clocks.gr': { unit: 'MHz', read: ({ coreMegahertz }) => String(coreMegahertz) },
  'clocks.mem': { unit: 'MHz', read: ({ memoryMegahertz }) => String(memoryMegahertz) },
  'clocks.max.sm': { unit: 'MHz', read: () => '3105' },
  'clocks.max.mem': { unit: 'MHz', read: () => '10501' },
  'fan.speed': { unit: '%', read: ({ fanPercent }) => String(fanPercent) },
  pstate: { read: ({ performanceState }) => performanceState },
  'pcie.link.gen.current': { read: ({ performanceState }) => (performanceState === 'P8' ? '1' : '4') },
  'pcie.link.gen.max': words('4'),
  'pcie.link.width.current': words('16'),
  'pcie.link.width.max': words('16'),
  'clocks_throttle_reasons.active': { read: ({ throttleMask }) => `0x${throttleMask.toString(16).padStart(16, '0')}` },
  'clocks_event_reasons.active': { read: ({ throttleMask }) => `0x${throttleMask.toString(16).padStart(16, '0')}` },
  persistence_mode: words('Disabled'),
  compute_mode: words('Default'),
  'ecc.mode.current': words('Disabled'),
  'mig.mode.current': words('[N/A]'),
  'driver_model.current': words('[N/A]'),
}

const two = (value: number, length = 2) => String(value).padStart(length, '0')

const stamp = (at: Date) =>
  `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`
