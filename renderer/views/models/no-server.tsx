import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { Notice } from '../../components/notice'
import { StartServer } from '../../parts/start-server'

/** The server lists the models, and it is not there. What it listed last may stand below. */
export function NoServer({ hasLast }: { hasLast: boolean }) {
  const { t } = useTranslation()
  const start = <StartServer start={t('models.startServer')} open={t('models.toServer')} />
  if (hasLast) return <Notice tone="info" title={t('models.noServerLast')} actions={start} />
  return (
    <Card>
      <Empty sentence={t('models.noServer')} action={start} />
    </Card>
  )
}
