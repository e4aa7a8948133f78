import { useTranslation } from 'react-i18next'
import { Waiting } from '../components/waiting'
import classes from './frame.module.css'

/** Stands where a screen will, until its code has come. */
export function ScreenLoading() {
  const { t } = useTranslation()
  return (
    <div className={classes.instead}>
      <Waiting sentence={t('frame.connecting')} heights={[50, 116, 236]} />
    </div>
  )
}
