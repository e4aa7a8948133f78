import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'

export default function PlaygroundView() {
  const { t } = useTranslation()
  return (
    <Page title={t('frame.screens.playground')}>
      <Waiting sentence={t('frame.connecting')} />
    </Page>
  )
}
