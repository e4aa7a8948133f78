import { useTranslation } from 'react-i18next'
import { Notice } from '../components/notice'
import classes from './refused.module.css'

/** The link has no token, or an old one. */
export function Refused() {
  const { t } = useTranslation()
  return (
    <main className={classes.refused}>
      <h1 className={classes.name}>Corral</h1>
      <Notice tone="caution" title={t('frame.refused.title')}>
        {t('frame.refused.text')}
      </Notice>
    </main>
  )
}
