import { Checkbox, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchPlan } from '../../../../shared/measure/result'
import { Card } from '../../../components/card'
import { NameSelect } from '../../../components/long-name/name-select'
import classes from './plan.module.css'
import { goalOf, goals, offeredSteps, roomyContext, type Workload, workloadOf, workloads } from './plan-choices'

type Props = {
  plan: BenchPlan
  names: readonly string[]
  /** Requests that the server answers at once; null where that cannot be told. */
  slots: number | null
  /** What a server gives anyway; work that needs less is not given less. */
  leastContext: number
  onChange: (plan: BenchPlan) => void
}

/** A goal first, then the plan in rows of fields. */
export function PlanForm({ plan, names, slots, leastContext, onChange }: Props) {
  const { t } = useTranslation()
  const goal = goalOf(plan)
  const change = (wish: Partial<BenchPlan>) => onChange({ ...plan, ...wish })
  const reshape = (wish: { promptTokens?: number; answerTokens?: number }) => {
    const { promptTokens = plan.promptTokens, answerTokens = plan.answerTokens } = wish
    change({
      promptTokens,
      answerTokens,
      contextLength: Math.max(roomyContext(promptTokens, answerTokens), leastContext),
    })
  }
  return (
    <Card title={t('benchmark.plan.goal')} aside={goal ? t(`benchmark.plan.goals.${goal}.sentence`) : null}>
      <SegmentedControl
        size="sm"
        value={goal ?? ''}
        aria-label={t('benchmark.plan.goal')}
        data={(['speed', 'people'] as const).map((id) => ({ value: id, label: t(`benchmark.plan.goals.${id}.name`) }))}
        onChange={(id) => change({ concurrency: [...goals[id as keyof typeof goals]] })}
      />
      <div className={classes.fields}>
        <NameSelect
          label={t('benchmark.plan.model')}
          placeholder={t('benchmark.plan.modelPlaceholder')}
          names={names}
          mostLetters={24}
          value={names.includes(plan.model.name) ? plan.model.name : null}
          searchable={names.length > 8}
          allowDeselect={false}
          onChange={(name) => name && change({ model: ownModel(name) })}
        />
        <Select
          label={t('benchmark.plan.workload')}
          data={([...Object.keys(workloads), 'own'] as (Workload | 'own')[]).map((id) => ({
            value: id,
            label: t(`benchmark.workloads.${id}`),
          }))}
          value={workloadOf(plan) ?? 'own'}
          allowDeselect={false}
          onChange={(id) => id && id !== 'own' && reshape(workloads[id as Workload])}
        />
        <TokenField
          label={t('benchmark.plan.promptTokens')}
          value={plan.promptTokens}
          min={32}
          max={131_072}
          onChange={(promptTokens) => reshape({ promptTokens })}
        />
        <TokenField
          label={t('benchmark.plan.answerTokens')}
          value={plan.answerTokens}
          min={8}
          max={8192}
          onChange={(answerTokens) => reshape({ answerTokens })}
        />
        <TokenField
          label={t('benchmark.plan.contextLength')}
          value={plan.contextLength}
          min={256}
          max={1_048_576}
          onChange={(contextLength) => change({ contextLength })}
        />
        <Select
          label={t('benchmark.plan.preset')}
          data={(['quick', 'standard'] as const).map((id) => ({ value: id, label: t(`benchmark.presets.${id}`) }))}
          value={plan.preset}
          allowDeselect={false}
          onChange={(preset) => preset && change({ preset: preset as BenchPlan['preset'] })}
        />
      </div>
      <Checkbox.Group
        label={t('benchmark.plan.steps')}
        value={plan.concurrency.map(String)}
        onChange={(steps) => change({ concurrency: steps.map(Number).sort((a, b) => a - b) })}
        className={classes.steps}
      >
        <div className={classes.boxes}>
          {offeredSteps.map((step) => (
            <Checkbox key={step} value={String(step)} label={t('benchmark.streams', { count: step })} />
          ))}
        </div>
        {slots !== null && plan.concurrency.some((streams) => streams > slots) ? (
          <p className={classes.slots}>
            {t('benchmark.plan.beyondSlots', { count: slots })}{' '}
            <Link href="/server/settings/parallel">{t('benchmark.plan.raiseSlots')}</Link>
          </p>
        ) : null}
      </Checkbox.Group>
    </Card>
  )
}

type TokenFieldProps = { label: string; value: number; min: number; max: number; onChange: (value: number) => void }

function TokenField({ label, value, min, max, onChange }: TokenFieldProps) {
  return (
    <NumberInput
      label={label}
      value={value}
      min={min}
      max={max}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      clampBehavior="blur"
      stepHoldDelay={500}
      stepHoldInterval={60}
      step={value >= 1024 ? 512 : 64}
      onChange={(next) => typeof next === 'number' && next > 0 && onChange(next)}
    />
  )
}
