import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { type VariableProblem, variableProblems } from '../../../shared/ollama/setting-values'
import { settingRows } from '../../places/places'
import classes from './extra-variables.module.css'
import rowClasses from './setting-row.module.css'
import tabClasses from './settings-tab.module.css'

type Extra = ServerSettings['extra']

/** Variables that have no row of their own. The host refuses those that make a program load foreign code. */
export function ExtraVariables({ extra, onChange }: { extra: Extra; onChange: (extra: Extra) => void }) {
  const { t } = useTranslation()
  const problems = variableProblems(extra)
  const change = (place: number, part: Partial<Extra[number]>) =>
    onChange(extra.map((variable, index) => (index === place ? { ...variable, ...part } : variable)))
  return (
    <section aria-label={t('server.extra.title')}>
      <h2 className={tabClasses.group}>{t('server.extra.title')}</h2>
      <div className={classes.rows}>
        <p className={classes.sentence}>{t('server.extra.sentence')}</p>
        {extra.map((variable, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its name changes while it is typed
          <div key={place} className={classes.variable}>
            <div className={classes.row}>
              <TextInput
                size="xs"
                aria-label={t('server.extra.name')}
                placeholder="OLLAMA_NO_CLOUD"
                value={variable.name}
                error={problems[place] !== null && !isOfValue(problems[place])}
                onChange={(event) => change(place, { name: event.currentTarget.value })}
                onBlur={() => {
                  const name = variable.name.trim()
                  if (name !== variable.name) change(place, { name })
                }}
              />
              <span>=</span>
              <TextInput
                size="xs"
                flex={1}
                aria-label={t('server.extra.value')}
                value={variable.value}
                error={isOfValue(problems[place])}
                onChange={(event) => change(place, { value: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('server.extra.remove', { name: variable.name })}
                onClick={() => onChange(extra.filter((_, index) => index !== place))}
              >
                <IconX size={16} />
              </ActionIcon>
            </div>
            <Problem problem={problems[place] ?? null} name={variable.name} />
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...extra, { name: '', value: '' }])}
        >
          {t('server.extra.add')}
        </Button>
      </div>
    </section>
  )
}

const isOfValue = (problem: VariableProblem | null | undefined) => problem === 'nul' || problem === 'long'

/** What is wrong with a variable, below it; where it has a row of its own, the way there. */
function Problem({ problem, name }: { problem: VariableProblem | null; name: string }) {
  const { t } = useTranslation()
  if (problem === null) return null
  const row = settingRows.find(({ variable }) => variable === name)
  return (
    <span className={rowClasses.problem} role="alert">
      {t(`server.extra.problems.${problem}`, { name })}{' '}
      {problem === 'own' && row ? (
        <Link href={`/server/settings/${row.id}`}>{t(`words.settings.${row.id}`)}</Link>
      ) : null}
    </span>
  )
}
