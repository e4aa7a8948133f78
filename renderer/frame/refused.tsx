import { useTranslation } from 'react-i18next'
import { Notice } from '../components/notice'

/** The link has no token, or an old one. */
export function Refused() {
  const { t } = useTranslation()
  return (
    <main style={{ maxWidth: 560, margin: '15vh auto', padding: 16 }}>
      <h1 style={{ fontSize: 20 }}>Corral</h1>
      <Notice tone="caution" title={t('frame.refused.title')}>
        {t('frame.refused.text')}
      </Notice>
    </main>
  )
}
