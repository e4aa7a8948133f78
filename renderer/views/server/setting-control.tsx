import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Setting } from '../../../shared/ollama/settings'
import { CountInput } from '../../components/count-input'
import { useDefaultWord } from './value-text'

type Props = {
  setting: Setting
  value: string | undefined
  standard: string
  isInvalid: boolean
  onChange: (value: string | undefined) => void
}

/** The control that suits the kind; emptied, the setting is left to Ollama. */
export function SettingControl({ setting, value, standard, isInvalid, onChange }: Props) {
  const { t } = useTranslation()
  const label = t(`words.settings.${setting.id}`)
  const placeholder = useDefaultWord()(standard) ?? standard
  if (setting.kind === 'switch') {
    return (
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={label}
        value={value ?? 'default'}
        onChange={(choice) => onChange(choice === 'default' ? undefined : choice)}
        data={[
          { value: 'default', label: t('server.default') },
          { value: '1', label: t('server.on') },
          { value: '0', label: t('server.off') },
        ]}
      />
    )
  }
  if (setting.kind === 'choice') {
    return (
      <Select
        size="xs"
        aria-label={label}
        placeholder={placeholder}
        clearable
        error={isInvalid}
        value={value ?? null}
        data={[...setting.choices]}
        onChange={(choice) => onChange(choice ?? undefined)}
      />
    )
  }
  if (setting.kind === 'count' || setting.kind === 'bytes') {
    return (
      <CountInput
        label={label}
        placeholder={placeholder}
        isInvalid={isInvalid}
        step={setting.id === 'contextLength' ? 1024 : setting.kind === 'bytes' ? 2 ** 30 : 1}
        value={value ?? ''}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    )
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      error={isInvalid}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}
