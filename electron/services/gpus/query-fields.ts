/** What is asked once. */
export const staticFields = [
  'index',
  'uuid',
  'name',
  'driver_version',
  'memory.total',
  'power.default_limit',
  'power.max_limit',
  'pcie.link.gen.max',
  'pcie.link.width.max',
]

/** What is asked each second. */
export const loopFields = [
  'index',
  'uuid',
  'utilization.gpu',
  'memory.used',
  'memory.reserved',
  'power.draw',
  'enforced.power.limit',
  'temperature.gpu',
  'clocks.sm',
  'clocks.mem',
  'fan.speed',
  'pstate',
  'clocks_throttle_reasons.active',
]

const otherNames: Record<string, string> = { 'clocks_throttle_reasons.active': 'clocks_event_reasons.active' }

/** The list without a field this driver does not know, or with its other name; only one bad field is told at a time. */
export const withoutField = (fields: readonly string[], unknown: string): string[] =>
  fields.flatMap((field) => (field === unknown ? (otherNames[field] ?? []) : field))

type Query = { chosen?: readonly number[] | null; everyMs?: number }

export const queryArguments = (fields: readonly string[], { chosen, everyMs }: Query): string[] => [
  ...(chosen ? ['-i', chosen.join(',')] : []),
  `--query-gpu=${fields.join(',')}`,
  '--format=csv,noheader,nounits',
  ...(everyMs === undefined ? [] : ['-lms', String(everyMs)]),
]

export const processFields = ['gpu_uuid', 'pid', 'process_name', 'used_memory']

export const processQuery = [`--query-compute-apps=${processFields.join(',')}`, '--format=csv,noheader,nounits']
