import { Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconExclamationCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import { Chip } from '../../components/chip'
import { useFormat } from '../../format/use-format'
import { heldBack, worthTellingMs } from './held-back'

type Props = { card: Gpu; history: GpuHistory | null; minutes: number }

/** What held the card back in the stretch shown, in a word or two, and what the driver says instead of values. */
export function HeldBackChip({ card, history, minutes }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (card.lostReason) return <Chip tone="bad">{t('words.cards.lost')}</Chip>
  const { kind, durationMs, reasons } = heldBack(card.latest, history, card.uuid)
  const duration = format.duration(durationMs)
  const now = format.list(reasons.map((reason) => t(`gpus.reasons.${reason}`)))
  const errors = card.latest?.driverErrors ?? []
  return (
    <>
      {errors.length > 0 ? <Chip tone="caution">{t('gpus.driverSays', { words: errors.join(', ') })}</Chip> : null}
      {kind === 'unknown' || card.latest === null ? null : (
        <Tooltip
          label={format.sentences([
            t(`gpus.held.hints.${kind}`, { minutes }),
            now && t('gpus.held.now', { reasons: now }),
          ])}
          multiline
          w={300}
          events={{ hover: true, focus: true, touch: true }}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is read by focus too */}
          <span tabIndex={0}>
            {kind === 'slowed' ? (
              <Chip tone="bad" icon={<IconExclamationCircle size={13} stroke={2} aria-hidden />}>
                {durationMs >= worthTellingMs ? t('gpus.held.slowed', { duration }) : now}
              </Chip>
            ) : null}
            {kind === 'capped' ? (
              <Chip tone="caution" icon={<IconAlertTriangle size={13} stroke={2} aria-hidden />}>
                {durationMs >= worthTellingMs ? t('gpus.held.capped', { duration }) : now}
              </Chip>
            ) : null}
            {kind === 'free' ? (
              <Chip tone="good" icon={<IconCheck size={13} stroke={2} aria-hidden />}>
                {t('gpus.held.free')}
              </Chip>
            ) : null}
            {kind === 'idle' ? <Chip>{t('gpus.held.idle')}</Chip> : null}
          </span>
        </Tooltip>
      )}
    </>
  )
}
