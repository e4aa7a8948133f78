import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { Card } from '../../components/card'
import { Facts } from '../../components/facts'
import { unknown } from '../../format/numbers'
import { useHostDescription } from '../../stores/host'
import { machine } from '../../stores/machine'
import classes from './places-card.module.css'

/** Where the program, the models and Corral's own things lie. */
export function PlacesCard({ server }: { server: Server }) {
  const { t } = useTranslation()
  const models = machine.useValue()?.modelsFolder
  const host = useHostDescription()
  return (
    <Card title={t('overview.places.title')}>
      <Facts
        isMono
        facts={[
          [t('overview.places.program'), server.isSimulated ? t('frame.simulated') : (server.program?.file ?? unknown)],
          [t('overview.places.models'), models ?? unknown],
          [t('overview.places.data'), host?.dataFolder ?? unknown],
        ]}
      />
      <p className={classes.sentence}>
        {t('overview.places.sentence')}{' '}
        <Link href="/server/settings/modelsFolder" className={classes.change}>
          {t('overview.places.change')}
        </Link>
      </p>
    </Card>
  )
}
