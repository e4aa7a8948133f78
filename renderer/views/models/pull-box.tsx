import { Kbd, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import { isSameModel, listedName } from '../../../shared/ollama/model-name'
import { pastedName } from '../../../shared/ollama/pasted-name'
import { suggestedAt, suggestedModels } from '../../../shared/ollama/suggested-models'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { fieldKeys } from '../../components/field-keys'
import { LongName } from '../../components/long-name/long-name'
import { formatSize } from '../../format/sizes'
import { modelPlaces } from '../../places/places'
import { useArrival, useReveal } from '../../places/use-arrival'
import { addPull } from '../../stores/pulls'
import classes from './pull-box.module.css'

type Props = { installedNames: ReadonlySet<string>; pulls: readonly Pull[]; isServing: boolean }

/** A name, what is known of it, and the button that pulls it. */
export function PullBox({ installedNames, pulls, isServing }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const box = useReveal<HTMLFormElement>(useArrival('/models', modelPlaces))
  const pull = useAction(addPull)
  const name = pastedName(text)
  const isEmpty = text.trim() === ''
  const isName = !('problem' in name)
  const asTyped = isName ? listedName(name) : ''
  // Ollama takes both spellings for one model, and keeps the one that is there.
  const model = [...installedNames].find((installed) => isSameModel(installed, asTyped)) ?? asTyped
  const submit = async () => {
    if (isName && !pull.isRunning && (await pull.run(ownModel(model)))) setText((now) => (now === text ? '' : now))
  }
  return (
    <form
      ref={box}
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className={classes.line}>
        <TextInput
          className={classes.field}
          classNames={{ input: classes.input }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={fieldKeys({ onEnter: () => void submit(), onEscape: () => setText('') })}
          placeholder={t('models.pull.placeholder')}
          aria-label={t('models.pull.label')}
          aria-describedby="pull-hint"
          aria-invalid={!isEmpty && !isName}
          leftSection={<IconSearch size={15} stroke={1.8} />}
          rightSection={isEmpty ? null : <Kbd size="xs">Enter</Kbd>}
          rightSectionWidth={isEmpty ? 0 : 56}
          maxLength={600}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
        />
        <BusyButton type="submit" leftSection={<IconDownload size={16} />} disabled={!isName} isBusy={pull.isRunning}>
          {t('models.pull.button')}
        </BusyButton>
      </div>
      <p id="pull-hint" className={classes.hint} aria-live="polite">
        {isEmpty ? null : isName ? (
          <Known name={model} isRespelled={model !== asTyped} {...{ installedNames, pulls, isServing }} />
        ) : (
          <>
            <IconAlertTriangle size={14} className={classes.problem} aria-hidden />
            {t(`models.pull.problems.${name.problem}`)}
          </>
        )}
      </p>
    </form>
  )
}

/** What is known of a name before it is asked for. */
function Known({
  name,
  isRespelled,
  installedNames,
  pulls,
  isServing,
}: Props & { name: string; isRespelled: boolean }) {
  const { t } = useTranslation()
  const queued = pulls.find((pull) => isSameModel(pull.model.name, name) && pull.state !== 'done')
  const listed = suggestedModels.find((model) => model.name === name)
  const running = pulls.filter(({ state }) => ['waiting', 'running', 'stalled', 'verifying'].includes(state)).length
  const facts = [
    queued
      ? t(queued.state === 'stopped' || queued.state === 'failed' ? 'models.pull.resumes' : 'models.pull.queued')
      : installedNames.has(name)
        ? t(isRespelled ? 'models.pull.installedSo' : 'models.pull.installed')
        : null,
    listed ? t('models.pull.listed', { size: formatSize(listed.sizeBytes), date: suggestedAt }) : null,
    !isServing ? t('models.pull.waitsForServer') : running > 0 && !queued ? t('models.pull.after') : null,
  ].filter((fact) => fact !== null)
  return (
    <>
      <IconCircleCheck size={14} className={classes.good} aria-hidden />
      <LongName className={classes.known}>{name}</LongName> <span>{facts.join(' · ')}</span>
    </>
  )
}
