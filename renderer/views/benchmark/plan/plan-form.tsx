import { Checkbox, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ownModel } from '../../../../shared/backends/own'
import { isWithin, type PlanNumber } from '../../../../shared/measure/plan'
import { type BenchPlan, planLimits } from '../../../../shared/measure/result'
import { Card } from '../../../components/card'
import { NameSelect } from '../../../components/long-name/name-select'
import { formatCount } from '../../../format/numbers'
import classes from './plan.module.css'
import { goalOf, goals, offeredSteps, type Workload, workloadOf, workloads } from './plan-choices'
import { type PlanDraft, withNumbers } from './plan-draft'

type Props = {
  draft: PlanDraft
  names: readonly string[]
  /** Requests that the server answers at once; null where that cannot be told. */
  slots: number | null
  /** What a server gives anyway; work that needs less is not given less. */
  leastContext: number
  onChange: (draft: PlanDraft) => void
}

/** A goal first, then the plan in rows of fields. */
export function PlanForm({ draft, names, slots, leastContext, onChange }: Props) {
  const { t } = useTranslation()
  const { plan } = draft
  const goal = goalOf(plan)
  const change = (wish: Partial<BenchPlan>) => onChange({ ...draft, plan: { ...plan, ...wish } })
  const type = (typed: Partial<Pick<BenchPlan, PlanNumber>>) => onChange(withNumbers(draft, typed, leastContext))
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
          onChange={(id) => id && id !== 'own' && type(workloads[id as Workload])}
        />
        {(['promptTokens', 'answerTokens', 'contextLength'] as const).map((name) => (
          <TokenField key={name} name={name} value={plan[name]} onChange={(value) => type({ [name]: value })} />
        ))}
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
        error={plan.concurrency.length === 0 ? t('benchmark.plan.chooseOne') : null}
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

type TokenFieldProps = { name: PlanNumber; value: number; onChange: (value: number) => void }

/** What is typed stays; a number that no plan may have is told at the field and not changed. */
function TokenField({ name, value, onChange }: TokenFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<number | string>(Number.isNaN(value) ? '' : value)
  const number = typed === '' ? Number.NaN : Number(typed)
  const { min, max } = planLimits[name]
  return (
    <NumberInput
      label={t(`benchmark.plan.${name}`)}
      value={Object.is(number, value) ? typed : Number.isNaN(value) ? '' : value}
      error={isWithin(name, value) ? null : t('benchmark.plan.range', { min: formatCount(min), max: formatCount(max) })}
      thousandSeparator=","
      clampBehavior="none"
      stepHoldDelay={500}
      stepHoldInterval={60}
      step={value >= 1024 ? 512 : 64}
      // The number that stands there already may be typed too, which is no change to the field.
      onInput={({ currentTarget }) => {
        if (Number(currentTarget.value.replaceAll(',', '')) === value) onChange(value)
      }}
      onChange={(next) => {
        setTyped(next)
        onChange(next === '' ? Number.NaN : Number(next))
      }}
    />
  )
}
