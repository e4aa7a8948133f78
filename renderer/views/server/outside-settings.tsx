import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OutsideSetting } from '../../../shared/contract/server-settings'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { holdsVariable, withVariable } from '../../../shared/ollama/outside-values'
import { Notice } from '../../components/notice'
import { serverSettings } from '../../stores/server-settings'
import classes from './outside-settings.module.css'

type Edit = (change: (settings: ServerSettings) => ServerSettings) => void

type Props = { shown: ServerSettings; isSimulated: boolean; onEdit: Edit }

/** What was set outside the form, which does not say the same and could. */
function useOutside(shown: ServerSettings): OutsideSetting[] {
  const variables = serverSettings.useValue()?.outside.variables ?? []
  return variables.filter((variable) => withVariable(shown, variable) !== null && !holdsVariable(shown, variable))
}

const taken = (settings: ServerSettings, variables: readonly OutsideSetting[]) =>
  variables.reduce((so, variable) => withVariable(so, variable) ?? so, settings)

/** Variables of the user's environment and of the service that Corral does not hand on, and the way into the form. */
export function OutsideVariables({ shown, onEdit }: Props) {
  const { t } = useTranslation()
  const outside = useOutside(shown).filter(({ name }) => name !== 'OLLAMA_MODELS')
  return (['environment', 'service'] as const).map((source) => {
    const variables = outside.filter((variable) => variable.source === source)
    if (variables.length === 0) return null
    return (
      <div key={source} className={classes.notice}>
        <Notice
          tone="info"
          title={t(`server.outside.${source}`, { count: variables.length })}
          actions={
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => onEdit((settings) => taken(settings, variables))}
            >
              {t('server.outside.copy')}
            </Button>
          }
        >
          <ul className={classes.lines}>
            {variables.map(({ name, value }) => (
              <li key={name}>
                <code>{`${name}=${value}`}</code>
              </li>
            ))}
          </ul>
        </Notice>
      </div>
    )
  })
}

/** Which folder of models holds at the next start and why, and those of other places that are offered instead. */
export function ModelsFolders({ shown, isSimulated, onEdit }: Props) {
  const { t } = useTranslation()
  const usual = serverSettings.useValue()?.outside.usualModelsFolder
  const offers = useOutside(shown).filter(({ name, value }) => name === 'OLLAMA_MODELS' && value !== usual)
  const set = shown.values.modelsFolder
  return (
    <>
      {set === undefined && isSimulated ? null : (
        <div>
          {t(set === undefined ? 'server.outside.folderByDefault' : 'server.outside.folderSet')}{' '}
          <code className={classes.path}>{set ?? usual}</code>
        </div>
      )}
      {offers.map((offer) => (
        <div key={offer.source}>
          {t(`server.outside.folder.${offer.source}`)} <code className={classes.path}>{offer.value}</code>{' '}
          {isSimulated ? null : (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => onEdit((settings) => taken(settings, [offer]))}
              aria-label={t('server.outside.useNamed', { folder: offer.value })}
            >
              {t('server.outside.use')}
            </Button>
          )}
        </div>
      ))}
    </>
  )
}
