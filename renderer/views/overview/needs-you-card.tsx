import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { gpus } from '../../stores/gpus'
import { models } from '../../stores/models'
import { pulls } from '../../stores/pulls'
import { inForce } from '../../stores/server-settings'
import { findNeeds, type Need } from './needs'
import classes from './needs-you-card.module.css'

const icons = { bad: IconExclamationCircle, caution: IconAlertTriangle, info: IconInfoCircle }

/** What somebody has to look at, each with the way to where it is mended. */
export function NeedsYouCard({ server }: { server: Server }) {
  const { t } = useTranslation()
  const needs = findNeeds({
    server,
    gpus: gpus.useValue(),
    loaded: models.useValue()?.loaded ?? [],
    pulls: pulls.useValue() ?? [],
    inForce: inForce.useValue() ?? [],
  })
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
