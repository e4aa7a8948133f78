import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import type { SettingProblem } from '../../../shared/ollama/setting-values'
import { CountInput } from '../../components/count-input'
import { unknown } from '../../format/numbers'
import type { Arrival } from '../../places/use-arrival'
import { Row } from './row'
import rowClasses from './setting-row.module.css'
import classes from './settings-tab.module.css'

type Props = {
  shown: ServerSettings
  saved: ServerSettings
  problems: Record<string, SettingProblem>
  isHidden: (id: 'host' | 'port') => boolean
  onEdit: (change: (settings: ServerSettings) => ServerSettings) => void
  /** The port as it is being typed; null where it is as it is shown. */
  typedPort: string | null
  onPort: (text: string) => void
  /** Where the server listens; null while none runs. */
  address: string | null
  arrivalAt: (id: 'host' | 'port') => Arrival | null
}

/** Host and port, which Ollama takes as one variable. An invalid port would make it listen elsewhere in silence. */
export function AddressRows({
  shown,
  saved,
  problems,
  isHidden,
  onEdit,
  typedPort,
  onPort,
  address,
  arrivalAt,
}: Props) {
  const { t } = useTranslation()
  const isOpen = !/^(127\.|localhost$|::1$|\[::1\]$)/.test(shown.host)
  if (isHidden('host') && isHidden('port')) return null
  return (
    <section aria-label={t('server.groups.address')}>
      <h2 className={classes.group}>{t('server.groups.address')}</h2>
      {isHidden('host') ? null : (
        <Row
          name={t('words.settings.host')}
          variable="OLLAMA_HOST"
          sentence={
            <>
              {t('server.settings.host.sentence')}{' '}
              {isOpen ? <span className={rowClasses.unknown}>{t('server.settings.host.open')}</span> : null}
            </>
          }
          isChanged={shown.host !== saved.host}
          arrival={arrivalAt('host')}
          control={
            <TextInput
              size="xs"
              aria-label={t('words.settings.host')}
              error={problems.host !== undefined}
              value={shown.host}
              onChange={(event) => {
                const host = event.currentTarget.value
                onEdit((settings) => ({ ...settings, host }))
              }}
            />
          }
          underControl={
            problems.host ? (
              <span className={rowClasses.problem} role="alert">
                {t('server.problems.host')}
              </span>
            ) : null
          }
          standard="127.0.0.1"
          inForce={address?.slice(0, address.lastIndexOf(':')) ?? unknown}
        />
      )}
      {isHidden('port') ? null : (
        <Row
          name={t('words.settings.port')}
          variable="OLLAMA_HOST"
          sentence={t('server.settings.port.sentence')}
          isChanged={shown.port !== saved.port}
          arrival={arrivalAt('port')}
          control={
            <CountInput
              label={t('words.settings.port')}
              isInvalid={problems.port !== undefined}
              value={typedPort ?? String(shown.port)}
              onChange={onPort}
            />
          }
          underControl={
            problems.port ? (
              <span className={rowClasses.problem} role="alert">
                {t('server.problems.port')}
              </span>
            ) : null
          }
          standard="11434"
          inForce={address?.slice(address.lastIndexOf(':') + 1) ?? unknown}
        />
      )}
    </section>
  )
}
