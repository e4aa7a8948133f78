import { Button, Radio } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ownModel } from '../../../shared/backends/own'
import type { InstalledModel } from '../../../shared/contract/models'
import type { Pull } from '../../../shared/contract/pulls'
import { isSameModel } from '../../../shared/ollama/model-name'
import { suggestedAt, suggestedModels } from '../../../shared/ollama/suggested-models'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Chip } from '../../components/chip'
import { FailureNotice } from '../../components/failure-notice'
import { LongName } from '../../components/long-name/long-name'
import { MemoryBar } from '../../components/memory-bar'
import { Table } from '../../components/table/table'
import { formatPercent, unknown } from '../../format/numbers'
import { formatSize } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { addPull, cancelPull, pulls } from '../../stores/pulls'
import { ChecklistRow } from './checklist-row'
import { choiceAmong, firstModel } from './first-model'
import classes from './first-model-row.module.css'

const shown = suggestedModels.slice(0, 4)

type Props = { isServing: boolean; installed: readonly InstalledModel[]; isCurrent: boolean }

/** Step 4: a model on disk. One is chosen here; the library and everything else lie behind Models. */
export function FirstModelRow({ isServing, installed, isCurrent }: Props) {
  const { t } = useTranslation()
  const choice = firstModel(({ toPull }) => toPull)
  const format = useFormat()
  const queue = pulls.useValue() ?? []
  const pullOf = (name: string) => queue.find(({ model, state }) => state !== 'done' && isSameModel(model.name, name))
  const onItsWay = shown.find(({ name }) => (pullOf(name)?.state ?? 'failed') !== 'failed')
  const chosen = choice ?? (onItsWay ?? shown.find(({ isRecommended }) => isRecommended))?.name ?? ''
  const setChosen = (toPull: string) => firstModel.setState({ toPull })
  const pull = useAction(() => addPull(ownModel(chosen)))
  // Only what is chosen here is told of here; the other pulls lie behind Models.
  const open = pullOf(chosen)
  const kept = choiceAmong(choice, installed)
  const pullButton = (
    <BusyButton
      leftSection={<IconDownload size={16} />}
      disabled={chosen === ''}
      isBusy={pull.isRunning}
      onClick={() => void pull.run()}
    >
      {t('overview.model.pull', { model: chosen })}
    </BusyButton>
  )
  if (isServing && installed.length > 0) {
    return (
      <ChecklistRow
        number={4}
        state="done"
        title={t('overview.model.done', { count: installed.length })}
        note={format.list(installed.slice(0, 3).map(({ name }) => name))}
        sentence={kept ? t(kept.isInstalled ? 'overview.model.kept' : 'overview.model.missing', kept) : null}
      >
        {kept && !kept.isInstalled ? open ? <Progress pull={open} /> : pullButton : null}
      </ChecklistRow>
    )
  }
  return (
    <ChecklistRow
      number={4}
      state={isCurrent ? 'current' : 'waiting'}
      title={t('overview.model.title')}
      note={t(isServing ? 'overview.model.choose' : 'overview.model.waits')}
      aside={
        <Button component={Link} href="/models/pull" variant="subtle" color="gray" size="compact-sm">
          {t('overview.model.other')}
        </Button>
      }
    >
      <Radio.Group value={chosen} onChange={setChosen} aria-label={t('overview.model.title')}>
        <Table
          className={classes.table}
          columns={[
            { id: 'choice', head: t('overview.model.choose'), isUnseen: true },
            { id: 'name', head: t('overview.model.name') },
            { id: 'parameters', head: t('overview.model.parameters'), isNumber: true },
            { id: 'size', head: t('overview.model.size'), isNumber: true },
          ]}
        >
          <tbody>
            {shown.map((model) => (
              <tr key={model.name}>
                <td>
                  <Radio value={model.name} size="xs" aria-label={model.name} />
                </td>
                <td>
                  <LongName>{model.name}</LongName>{' '}
                  {model.isRecommended ? <Chip tone="accent">{t('overview.model.recommended')}</Chip> : null}
                </td>
                <td data-number data-muted>
                  {model.parameters}
                </td>
                <td data-number data-muted>
                  {formatSize(model.sizeBytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Radio.Group>
      <p className={classes.note}>{t('overview.model.listed', { date: suggestedAt })}</p>
      {open ? <Progress pull={open} /> : isServing ? pullButton : null}
    </ChecklistRow>
  )
}

function Progress({ pull }: { pull: Pull }) {
  const { t } = useTranslation()
  const format = useFormat()
  const resume = useAction(() => addPull(pull.model))
  const cancel = useAction(() => cancelPull(pull.model))
  const share = pull.totalBytes ? pull.completedBytes / pull.totalBytes : null
  if (pull.state === 'failed' && pull.failure) {
    return (
      <FailureNotice
        failure={pull.failure}
        actions={
          <BusyButton variant="default" isBusy={resume.isRunning} onClick={() => void resume.run()}>
            {t('overview.model.resume')}
          </BusyButton>
        }
      />
    )
  }
  return (
    <div className={classes.progress}>
      <div className={classes.line}>
        <span>
          {pull.state === 'waiting'
            ? t('overview.model.waiting')
            : t('overview.model.pulling', {
                model: pull.model.name,
                percent: formatPercent(share),
                left: pull.remainingMs === null ? unknown : format.duration(pull.remainingMs),
              })}
        </span>
        {pull.state === 'stopped' ? (
          <BusyButton variant="default" size="compact-sm" isBusy={resume.isRunning} onClick={() => void resume.run()}>
            {t('overview.model.resume')}
          </BusyButton>
        ) : (
          <BusyButton variant="default" size="compact-sm" isBusy={cancel.isRunning} onClick={() => void cancel.run()}>
            {t('frame.cancel')}
          </BusyButton>
        )}
      </div>
      <MemoryBar
        parts={[{ share: share ?? 0, color: 'var(--info)' }]}
        label={`${pull.model.name} ${formatPercent(share)}`}
      />
    </div>
  )
}
