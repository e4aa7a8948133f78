import { useTranslation } from 'react-i18next'
import type { ModelDetails } from '../../../../shared/contract/models'
import { Facts } from '../../../components/facts'
import { formatCount, unknown } from '../../../format/numbers'
import { formatSize } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import type { ModelRow } from '../list/sort-models'

/** What the file says of itself, in two columns. */
export function HeaderFacts({ row, details }: { row: ModelRow; details: ModelDetails }) {
  const { t } = useTranslation()
  const format = useFormat()
  const heads =
    details.headCount === null
      ? unknown
      : `${formatCount(details.headCount)} / ${formatCount(details.keyValueHeadCount)}`
  const runner = row.held?.runnerPid == null ? unknown : `pid ${row.held.runnerPid}`
  return (
    <>
      <Facts
        facts={[
          [t('models.details.architecture'), details.architecture ?? unknown],
          [t('models.details.weights'), formatCount(details.parameterCount)],
          [t('models.columns.quantization'), details.quantization ?? unknown],
          [t('models.details.format'), details.format ?? unknown],
          [t('models.columns.size'), formatSize(row.sizeBytes)],
          [t('models.details.changed'), row.modifiedAtMs ? format.moment(row.modifiedAtMs) : unknown],
        ]}
      />
      <Facts
        facts={[
          [t('models.details.context'), formatCount(details.contextLength)],
          [t('models.details.layers'), formatCount(details.blockCount)],
          [t('models.details.embedding'), formatCount(details.embeddingLength)],
          [t('models.details.heads'), heads],
          [t('models.columns.digest'), row.digest.slice(0, 12) || unknown],
          ...(row.held ? [[t('models.details.runner'), runner] satisfies [string, string]] : []),
        ]}
      />
    </>
  )
}
