import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Mark } from './mark'
import { MorePlaces } from './more-places'
import classes from './rail.module.css'
import { screens } from './screens'

/** On a phone, where five places fit, these are behind the fifth. */
const behind: ReadonlySet<string> = new Set(['gpus', 'benchmark', 'settings'])

/** The way between the screens; names shrink to pictures on a narrow window. */
export function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const current = location.split('/')[1] || 'overview'
  return (
    <nav className={classes.rail} aria-label={t('frame.screens.label')}>
      <div className={classes.brand}>
        <Mark />
        <span className={classes.name}>Corral</span>
      </div>
      {screens.map(({ id, icon: Icon, View }) => (
        <Link
          key={id}
          href={`/${id}`}
          className={classes.item}
          data-screen={id}
          data-behind={behind.has(id) || undefined}
          aria-current={current === id ? 'page' : undefined}
          title={t(`frame.screens.${id}`)}
          onPointerEnter={() => void View.fetchCode().catch(() => {})} // who opens it is told
        >
          <Icon size={18} stroke={1.6} aria-hidden />
          <span className={classes.name}>{t(`frame.screens.${id}`)}</span>
        </Link>
      ))}
      <MorePlaces places={screens.filter(({ id }) => behind.has(id))} current={current} />
    </nav>
  )
}
