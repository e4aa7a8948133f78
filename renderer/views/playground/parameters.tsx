import { Button, NumberInput, Popover, Textarea } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatParameters, ChatParametersChange } from '../../../shared/contract/chats'
import { fieldKeys } from '../../components/field-keys'
import { formatCount } from '../../format/numbers'
import classes from './parameters.module.css'

type Props = {
  parameters: ChatParameters
  /** What the model was trained for, where it is known. */
  longestContext: number | null
  /** What the server gives to a chat without a context of its own, where that is known. */
  givenContext: number | null
  onChange: (change: ChatParametersChange) => void
}

/** What goes with every question, from the next one on. Each field takes effect when it is left. */
export function Parameters({ parameters, longestContext, givenContext, onChange }: Props) {
  const { t } = useTranslation()
  const limit =
    longestContext === null
      ? t('playground.parameters.contextHint')
      : t('playground.parameters.contextLimit', { limit: formatCount(longestContext) })
  return (
    <Popover position="top-start" shadow="md" width={560} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          className={classes.open}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.8} />}
        >
          {t('playground.parameters.name')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        <SystemField system={parameters.system} onChange={(system) => onChange({ system })} />
        <div className={classes.grid}>
          <NumberField
            label={t('playground.parameters.temperature')}
            description={t('playground.parameters.temperatureHint')}
            value={parameters.temperature}
            limits={{ min: 0, max: 2, step: 0.1 }}
            onCommit={(temperature) => temperature !== null && onChange({ temperature })}
          />
          <NumberField
            label={t('playground.parameters.topP')}
            description={t('playground.parameters.topPHint')}
            value={parameters.topP}
            limits={{ min: 0, max: 1, step: 0.05 }}
            onCommit={(topP) => topP !== null && onChange({ topP })}
          />
          <NumberField
            label={t('playground.parameters.context')}
            description={`${limit} ${
              givenContext === null
                ? t('playground.parameters.contextEmpty')
                : t('playground.parameters.contextGiven', { tokens: formatCount(givenContext) })
            }`}
            value={parameters.contextLength}
            limits={{ min: 256, max: longestContext ?? 1_048_576, step: 1024 }}
            isOptional
            onCommit={(contextLength) => onChange({ contextLength })}
          />
          <NumberField
            label={t('playground.parameters.maximumTokens')}
            description={t('playground.parameters.maximumTokensHint')}
            value={parameters.maximumTokens}
            limits={{ min: 1, max: 1_000_000, step: 64 }}
            isOptional
            onCommit={(maximumTokens) => onChange({ maximumTokens })}
          />
          <NumberField
            label={t('playground.parameters.seed')}
            description={t('playground.parameters.seedHint')}
            value={parameters.seed}
            limits={{ min: 0, max: 2_147_483_647, step: 1 }}
            isOptional
            onCommit={(seed) => onChange({ seed })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function SystemField({ system, onChange }: { system: string; onChange: (system: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(system)
  useEffect(() => setText(system), [system])
  return (
    <Textarea
      label={t('playground.parameters.system')}
      description={t('playground.parameters.systemHint')}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={200_000}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== system && onChange(text)}
    />
  )
}

type NumberFieldProps = {
  label: string
  description: ReactNode
  value: number | null
  limits: { min: number; max: number; step: number }
  /** An empty field means something, and stays empty. */
  isOptional?: boolean
  onCommit: (value: number | null) => void
}

/** A number that counts once its field is left; an empty field is null. */
function NumberField({ label, description, value, limits, isOptional = false, onCommit }: NumberFieldProps) {
  const [draft, setDraft] = useState<number | string>(value ?? '')
  useEffect(() => setDraft(value ?? ''), [value])
  const { min, max, step } = limits
  const commit = () => {
    const next = draft === '' ? null : Math.min(max, Math.max(min, Number(draft)))
    setDraft(next ?? (isOptional ? '' : (value ?? '')))
    if (next !== value) onCommit(next)
  }
  return (
    <NumberInput
      label={label}
      description={description}
      value={draft}
      min={min}
      max={max}
      step={step}
      allowDecimal={step < 1}
      thousandSeparator=","
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={fieldKeys({ onEnter: commit })}
    />
  )
}
