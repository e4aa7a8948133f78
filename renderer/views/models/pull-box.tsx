import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listedName, parseModelName } from '../../../shared/ollama/model-name'
import { suggestedModels } from '../../../shared/ollama/suggested-models'
import { formatSize } from '../../format/sizes'
import { models } from '../../stores/models'
import { addPull } from '../../stores/pulls'
import { useAction } from '../../stores/use-action'
import classes from './pull-box.module.css'

/** A name and Enter: checked as it is typed, so that a wrong one never leaves the page. */
export function PullBox() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isTouched, setTouched] = useState(false)
  const installed = models.useValue()?.installed ?? []
  const pull = useAction(async () => {
    await addPull(text)
    setText('')
    setTouched(false)
  })
  const name = parseModelName(text)
  const problem = 'problem' in name ? name.problem : null
  const listed = 'problem' in name ? null : listedName(name)
  const known = suggestedModels.find((model) => model.name === listed)
  const isShown = text !== '' || isTouched
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTouched(true)
    if (problem === null) void pull.run()
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <div>
        <TextInput
          w={340}
          leftSection={<IconSearch size={16} />}
          placeholder={t('models.pull.placeholder')}
          aria-label={t('models.pull.label')}
          aria-describedby="pull-hint"
          spellCheck={false}
          autoComplete="off"
          error={isShown && problem !== null && problem !== 'empty'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div
          id="pull-hint"
          className={classes.hint}
          data-bad={(isShown && problem !== null && problem !== 'empty') || undefined}
        >
          {!isShown
            ? null
            : problem !== null
              ? t(`models.pull.problems.${problem}`)
              : installed.some((model) => model.name === listed)
                ? t('models.pull.again', { name: listed })
                : known
                  ? t('models.pull.listed', { name: listed, size: formatSize(known.sizeBytes) })
                  : t('models.pull.from', { name: listed, host: 'host' in name ? name.host : '' })}
        </div>
      </div>
      <Button type="submit" leftSection={<IconDownload size={16} />} loading={pull.isRunning}>
        {t('models.pull.button')}
      </Button>
    </form>
  )
}
