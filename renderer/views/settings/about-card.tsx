import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HostDescription } from '../../../shared/contract/host'
import { useAction } from '../../actions/use-action'
import { Card } from '../../components/card'
import { openFolder } from '../../stores/host'
import classes from './settings-view.module.css'

/** What runs, and where its own things lie. */
export function AboutCard({ host }: { host: HostDescription }) {
  const { t } = useTranslation()
  const show = useAction(openFolder)
  return (
    <Card title={t('settings.about.title')} aside={`Corral ${host.version}`}>
      <dl className={classes.facts}>
        <dt>{t('settings.about.host')}</dt>
        <dd>{t(`settings.about.hosts.${host.kind}`)}</dd>
        <dt>{t('settings.about.data')}</dt>
        <dd>
          <span className={classes.path}>{host.dataFolder}</span>
          {host.canOpenFolders ? (
            <Button size="compact-xs" variant="subtle" ml={8} onClick={() => void show.run('data')}>
              {t('settings.about.open')}
            </Button>
          ) : null}
        </dd>
      </dl>
    </Card>
  )
}
