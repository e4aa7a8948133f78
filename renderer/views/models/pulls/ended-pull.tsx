import { Button } from '@mantine/core'
import { IconExternalLink, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../../shared/backends/own'
import type { Pull } from '../../../../shared/contract/pulls'
import type { FailureCode } from '../../../../shared/failure'
import { listedName, parseModelName } from '../../../../shared/ollama/model-name'
import { modelPage } from '../../../../shared/ollama/model-page'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { isToldInItsOwnWords } from '../../../components/failure-notice'
import { useFormat } from '../../../format/use-format'
import { addPull, dismissPull } from '../../../stores/pulls'
import classes from './pulls-card.module.css'
import { shareOfSize } from './share-of-size'

/** A pull that does not go on by itself: why, what is kept, and the ways on. */
export function EndedPull({ pull, isReasonTold }: { pull: Pull; isReasonTold: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useReason(pull)
  const { model, failure, completedBytes } = pull
  const resume = useAction(() => addPull(model))
  const dismiss = useAction(() => dismissPull(model))
  return (
    <>
      <p className={classes.reason}>
        {format.sentences([isReasonTold ? t('models.pulls.sameReason') : reason, useKept(pull)])}
      </p>
      {failure?.detail && !isReasonTold ? <OwnWords code={failure.code} text={failure.detail} /> : null}
      <div className={classes.ways}>
        <BusyButton
          variant="default"
          size="compact-sm"
          leftSection={<IconPlayerPlay size={14} />}
          isBusy={resume.isRunning}
          onClick={() => void resume.run()}
        >
          {t(completedBytes > 0 ? 'models.pulls.resume' : 'frame.retry')}
        </BusyButton>
        <OtherTags pull={pull} />
        <BusyButton
          variant="subtle"
          color="gray"
          size="compact-sm"
          isBusy={dismiss.isRunning}
          onClick={() => void dismiss.run()}
        >
          {t('models.pulls.remove')}
        </BusyButton>
      </div>
    </>
  )
}

function useReason({ model, failure }: Pull): string | null {
  const { t } = useTranslation()
  const format = useFormat()
  if (!failure) return null
  const todo = t(`failure.${failure.code}.todo`)
  const name = parseModelName(model.name)
  if (failure.code !== 'quantizationUnknown' || 'problem' in name) {
    return t('words.reason', { what: t(`failure.${failure.code}.what`), todo })
  }
  const repository = `${name.host}/${name.namespace}/${name.model}`
  return format.sentences([t('models.pulls.noQuantization', { repository, tag: name.tag }), todo])
}

/** What lies on the disk where that is known; where it is not, only how far it was. */
function useKept({ completedBytes, totalBytes, keptBytes, failure }: Pull): string | null {
  const { t } = useTranslation()
  if (completedBytes > 0 && totalBytes !== null) {
    const sizes = shareOfSize(completedBytes, totalBytes)
    return t(keptBytes === null ? 'models.pulls.reached' : 'models.pulls.kept', sizes)
  }
  if (keptBytes === 0 && totalBytes !== null) return t('models.pulls.nothingKept')
  return failure ? null : t('models.pulls.nothingYet')
}

/** Folded away where a sentence of ours says what they mean. */
function OwnWords({ code, text }: { code: FailureCode | 'internal' | 'badRequest'; text: string }) {
  const { t } = useTranslation()
  if (isToldInItsOwnWords(code)) {
    return (
      <div className={classes.details}>
        <pre>{text}</pre>
      </div>
    )
  }
  return (
    <details className={classes.details}>
      <summary>{t('frame.details')}</summary>
      <pre>{text}</pre>
    </details>
  )
}

const ofItsTag = new Set<FailureCode | 'internal' | 'badRequest'>([
  'quantizationUnknown',
  'noGguf',
  'layerMissing',
  'modelNotFound',
])

/** Where it is the tag that is wrong: the usual one, and the page that lists all. */
function OtherTags({ pull: { model, failure } }: { pull: Pull }) {
  const { t } = useTranslation()
  const name = parseModelName(model.name)
  const pull = useAction(addPull)
  if (!failure || !ofItsTag.has(failure.code) || 'problem' in name) return null
  const page = modelPage(name)
  const latest = listedName({ ...name, tag: 'latest' })
  return (
    <>
      {failure.code === 'quantizationUnknown' && name.tag !== 'latest' ? (
        <BusyButton
          variant="default"
          size="compact-sm"
          isBusy={pull.isRunning}
          title={latest}
          onClick={() => void pull.run(ownModel(latest))}
        >
          {t('models.pulls.pullLatest')}
        </BusyButton>
      ) : null}
      {page ? (
        <Button
          component="a"
          href={page}
          target="_blank"
          rel="noreferrer"
          variant="default"
          size="compact-sm"
          leftSection={<IconExternalLink size={14} />}
        >
          {t('models.pulls.openPage')}
        </Button>
      ) : null}
    </>
  )
}
