import { useTranslation } from 'react-i18next'
import { Notice } from '../components/notice'

type Props = {
  model: string
  /** How much of it lies in main memory, 0 to 1; null says nothing. */
  share: number | null
}

/** Says that a model does not lie wholly on the cards. */
export function MainMemoryNotice({ model, share }: Props) {
  const { t } = useTranslation()
  if (share === null) return null
  return (
    <Notice tone="caution" title={t('frame.mainMemory.title', { model })}>
      {t('frame.mainMemory.text', { percent: Math.max(1, Math.round(share * 100)) })}
    </Notice>
  )
}
