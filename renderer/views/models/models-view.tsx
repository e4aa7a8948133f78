import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'

export default function ModelsView() {
  const { t } = useTranslation()
  return (
    <Page title={t('frame.screens.models')}>
      <Waiting sentence={t('frame.connecting')} />
    </Page>
  )
}
