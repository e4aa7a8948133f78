import { IconCpuOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Gpus } from '../../../shared/contract/gpus'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { Notice } from '../../components/notice'
import { useFormat } from '../../format/use-format'
import { lookForGpus } from '../../stores/gpus'
import classes from './gpus-view.module.css'

/** Nothing to watch: calm where there is no NVIDIA card, what to do where there should be one. */
export function NoGpus({ gpus: { state, reason, detail } }: { gpus: Gpus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = useAction(lookForGpus)
  const why = reason ?? 'other'
  const again = (
    <BusyButton variant="default" isBusy={look.isRunning} onClick={() => void look.run()}>
      {t('gpus.lookAgain')}
    </BusyButton>
  )
  if (state === 'absent') {
    return (
      <Card>
        <Empty
          icon={<IconCpuOff size={32} stroke={1.4} aria-hidden />}
          sentence={format.sentences([t(`words.cards.none.${why}.what`), t(`words.cards.none.${why}.todo`)])}
          action={again}
        />
      </Card>
    )
  }
  return (
    <div className={classes.notice}>
      <Notice tone="caution" title={t(`words.cards.none.${why}.what`)} detail={detail} actions={again}>
        {t(`words.cards.none.${why}.todo`)}
      </Notice>
    </div>
  )
}
