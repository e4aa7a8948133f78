import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { StartServer } from '../../parts/start-server'

/** The server lists the models, and it is not there. */
export function NoServer({ sentence }: { sentence: string }) {
  const { t } = useTranslation()
  return (
    <Card>
      <Empty sentence={sentence} action={<StartServer start={t('models.startServer')} open={t('models.toServer')} />} />
    </Card>
  )
}
