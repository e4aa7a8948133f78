import { Switch, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingFilter } from './setting-filter'
import frame from './tab.module.css'

type Props = { filter: SettingFilter; onChange: (change: Partial<SettingFilter>) => void }

/** Words to look for, and which rows to show. */
export function SettingTools({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const search = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => search.current?.focus()]])
  return (
    <div className={frame.tools}>
      <TextInput
        ref={search}
        size="xs"
        w={220}
        leftSection={<IconSearch size={14} />}
        placeholder={t('server.filter')}
        aria-label={t('server.filter')}
        value={filter.words}
        onChange={(event) => onChange({ words: event.currentTarget.value })}
      />
      <Switch
        label={t('server.onlyChanged')}
        size="sm"
        checked={filter.onlyChanged}
        onChange={(event) => onChange({ onlyChanged: event.currentTarget.checked })}
      />
      <Switch
        label={t('server.advanced')}
        size="sm"
        checked={filter.isAdvanced}
        onChange={(event) => onChange({ isAdvanced: event.currentTarget.checked })}
      />
    </div>
  )
}
