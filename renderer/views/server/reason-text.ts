import { useTranslation } from 'react-i18next'
import type { InForce } from '../../../shared/contract/server-settings'
import { formatCount, unknown } from '../../format/numbers'

/** Why a value in effect is what it is, in a sentence; null where nothing needs to be said. */
export function useReasonText(): (row: InForce) => string | null {
  const { t } = useTranslation()
  const tokens = (count: number | null) => (count === null ? unknown : formatCount(count))
  return ({ differs, reason, trainedContext, standardContext }) =>
    differs || reason
      ? t(`server.reasons.${reason ?? 'other'}`, { trained: tokens(trainedContext), standard: tokens(standardContext) })
      : null
}
