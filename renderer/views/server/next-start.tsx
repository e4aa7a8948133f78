import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { environmentOf, variableProblems } from '../../../shared/ollama/setting-values'
import { Card } from '../../components/card'
import { changedLines } from './draft'
import classes from './next-start.module.css'

type Props = { settings: ServerSettings; inUse: ServerSettings }

/** What the next start will do: beside the table where there is room for it, folded below where there is none. */
export function NextStart({ settings, inUse }: Props) {
  const { t } = useTranslation()
  const isWide = useMediaQuery('(min-width: 1600px)', false, { getInitialValueInEffect: false })
  const isRefused = variableProblems(settings.extra)
  const extra = settings.extra.filter((_, place) => isRefused[place] === null)
  const lines = environmentOf({ ...settings, extra }).map(({ name, value }) => `${name}=${value}`)
  const title = t('server.environment', { count: lines.length })
  if (!isWide) {
    return (
      <details className={classes.folded}>
        <summary>{title}</summary>
        <pre>{lines.join('\n')}</pre>
      </details>
    )
  }
  return (
    <aside className={classes.side} aria-label={t('server.nextStart')}>
      <Changes settings={settings} inUse={inUse} />
      <Card title={title}>
        <pre className={classes.lines}>{lines.join('\n')}</pre>
      </Card>
    </aside>
  )
}

const signs = { removed: '\u2212', added: '+' }

function Changes({ settings, inUse }: Props) {
  const { t } = useTranslation()
  const changes = changedLines(inUse, settings)
  return (
    <Card title={t('server.changes.title')}>
      {changes.length === 0 ? (
        <p className={classes.quiet}>{t('server.changes.none')}</p>
      ) : (
        <ul className={classes.lines}>
          {changes.map(({ change, text }) => (
            <li key={`${change} ${text}`} data-change={change}>
              {signs[change]} {text}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
