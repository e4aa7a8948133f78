import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import type { Need } from './needs'
import classes from './needs-you-card.module.css'
import { useNeeds } from './use-needs'

const icons = { bad: IconExclamationCircle, caution: IconAlertTriangle, info: IconInfoCircle }

/** What somebody has to look at, each with the way to where it is mended. */
export function NeedsYouCard({ isLeftOutWhenEmpty = false }: { isLeftOutWhenEmpty?: boolean }) {
  const { t } = useTranslation()
  const needs = useNeeds()
  if (isLeftOutWhenEmpty && needs.length === 0) return null
  return (
    <Card
      title={t('overview.needs.title')}
      aside={needs.length > 0 ? <Chip tone="caution">{needs.length}</Chip> : null}
    >
      {needs.length === 0 ? (
        <p className={classes.nothing}>
          <IconCircleCheck size={16} stroke={1.8} aria-hidden /> {t('overview.needs.nothing')}
        </p>
      ) : (
        <ul className={classes.list}>
          {needs.map((need) => (
            <NeedRow key={need.key} need={need} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function NeedRow({ need }: { need: Need }) {
  const { t } = useTranslation()
  const Icon = icons[need.tone]
  return (
    <li className={classes.need} data-tone={need.tone}>
      <Icon size={16} stroke={1.8} className={classes.icon} aria-hidden />
      <div>
        <div>{t(`overview.needs.${need.kind}.title`, need.values)}</div>
        <div className={classes.text}>
          {need.failureCode
            ? t('overview.needs.why', { what: t(`failure.${need.failureCode}.what`) })
            : t(`overview.needs.${need.kind}.text`, need.values)}
        </div>
        <Link href={need.href}>{t(`overview.needs.${need.kind}.link`)} →</Link>
      </div>
    </li>
  )
}
