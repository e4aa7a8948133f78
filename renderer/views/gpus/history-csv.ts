import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import { csv } from '../../format/csv'

const columns = [
  ['utilization %', 'utilizationPercent', 1],
  ['memory MiB', 'memoryUsedBytes', 2 ** 20],
  ['power W', 'powerWatts', 1],
  ['temperature C', 'temperatureCelsius', 1],
  ['core clock MHz', 'coreClockMegahertz', 1],
  ['fan %', 'fanPercent', 1],
  ['share at power limit', 'powerCappedShare', 1],
  ['share slowed', 'slowedShare', 1],
] as const

/** The history as a table: a row a step, the columns of each card; what was not read is an empty cell. */
export function historyCsv(history: GpuHistory, cards: readonly Gpu[]): string {
  const known = history.cards.map((series) => ({
    series,
    name: `GPU ${cards.find(({ uuid }) => uuid === series.uuid)?.index ?? '?'}`,
  }))
  const header = ['time', ...known.flatMap(({ name }) => columns.map(([title]) => `${name} ${title}`))]
  const rows = history.atMs.map((atMs, place) => [
    new Date(atMs).toISOString(),
    ...known.flatMap(({ series }) =>
      columns.map(([, quantity, divisor]) => {
        const value = series[quantity][place]
        return value == null ? null : Math.round((value / divisor) * 100) / 100
      }),
    ),
  ])
  return csv([header, ...rows])
}
