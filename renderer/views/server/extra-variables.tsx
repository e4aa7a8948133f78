import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { isOwnVariable, isVariableName } from '../../../shared/ollama/setting-values'
import classes from './extra-variables.module.css'
import tabClasses from './settings-tab.module.css'

type Extra = ServerSettings['extra']

/** Variables that have no row of their own. The host refuses those that make a program load foreign code. */
export function ExtraVariables({ extra, onChange }: { extra: Extra; onChange: (extra: Extra) => void }) {
  const { t } = useTranslation()
  const change = (place: number, part: Partial<Extra[number]>) =>
    onChange(extra.map((variable, index) => (index === place ? { ...variable, ...part } : variable)))
  return (
    <section aria-label={t('server.extra.title')}>
      <h2 className={tabClasses.group}>{t('server.extra.title')}</h2>
      <div className={classes.rows}>
        <p className={classes.sentence}>{t('server.extra.sentence')}</p>
        {extra.map((variable, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its name changes while it is typed
          <div key={place} className={classes.row}>
            <TextInput
              size="xs"
              aria-label={t('server.extra.name')}
              placeholder="OLLAMA_NO_CLOUD"
              value={variable.name}
              error={variable.name !== '' && (isOwnVariable(variable.name) || !isVariableName(variable.name))}
              onChange={(event) => change(place, { name: event.currentTarget.value.trim() })}
            />
            <span>=</span>
            <TextInput
              size="xs"
              flex={1}
              aria-label={t('server.extra.value')}
              value={variable.value}
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
