import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { runningServer } from '../../../shared/ollama/server-powers'
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
  const isAdopted = server.state === 'adopted'
  // Another program than the one that Corral would start may be running.
  const running = runningServer(server)
  const program = running ? running.programFile : server.program?.file
  return (
    <Card title={t('overview.places.title')}>
      <Facts
        isMono
        facts={[
          [t('overview.places.program'), server.isSimulated ? t('frame.simulated') : (program ?? unknown)],
          [t('overview.places.models'), models ?? unknown],
          [t('overview.places.data'), host?.dataFolder ?? unknown],
        ]}
      />
      <p className={classes.sentence}>
        {t(isAdopted ? 'overview.places.adopted' : 'overview.places.sentence')}{' '}
        <Link href="/server/settings/modelsFolder" className={classes.change}>
          {t('overview.places.change')}
        </Link>
      </p>
    </Card>
  )
}
