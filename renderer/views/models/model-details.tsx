import { Button, CopyButton, Tabs } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelDetails } from '../../../shared/contract/models'
import { Chip } from '../../components/chip'
import { Facts } from '../../components/facts'
import { FailureNotice } from '../../components/failure-notice'
import { Waiting } from '../../components/waiting'
import { type PageFailure, toFailure } from '../../connection/failure'
import { formatCount, unknown } from '../../format/numbers'
import { showModel } from '../../stores/models'
import classes from './model-details.module.css'

/** Everything the server tells of one model. */
export function ModelDetailsPanel({ name }: { name: string }) {
  const { t } = useTranslation()
  const [details, setDetails] = useState<ModelDetails | null>(null)
  const [failure, setFailure] = useState<PageFailure | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isGone = false
    setFailure(null)
    showModel(name).then(
      (answer) => isGone || setDetails(answer),
      (error: unknown) => isGone || setFailure(toFailure(error)),
    )
    return () => {
      isGone = true
    }
  }, [name, attempt])
  if (failure) {
    return (
      <FailureNotice
        failure={failure}
        actions={
          <Button variant="default" onClick={() => setAttempt(attempt + 1)}>
            {t('frame.retry')}
          </Button>
        }
      />
    )
  }
  if (!details) return <Waiting sentence={t('models.details.waiting')} heights={[220, 160]} />
  return <Details details={details} />
}

function Details({ details }: { details: ModelDetails }) {
  const { t } = useTranslation()
  const texts = (['template', 'system', 'modelfile', 'license'] as const).filter((name) => details[name] !== '')
  return (
    <div className={classes.panel}>
      <div className={classes.chips}>
        {details.capabilities.map((capability) => (
          <Chip key={capability} tone="accent">
            {capability}
          </Chip>
        ))}
      </div>
      <Facts
        facts={[
          [t('models.details.architecture'), details.architecture ?? unknown],
          [t('models.details.parameters'), formatCount(details.parameterCount)],
          [t('models.details.quantization'), details.quantization ?? unknown],
          [t('models.details.format'), details.format ?? unknown],
          [t('models.details.context'), formatCount(details.contextLength)],
          [t('models.details.embedding'), formatCount(details.embeddingLength)],
          [t('models.details.blocks'), formatCount(details.blockCount)],
          [t('models.details.heads'), `${formatCount(details.headCount)} / ${formatCount(details.keyValueHeadCount)}`],
        ]}
      />
      {details.parameters.length > 0 ? (
        <>
          <h3 className={classes.title}>{t('models.details.defaults')}</h3>
          <Facts isMono facts={details.parameters.map(({ name, value }) => [name, value])} />
        </>
      ) : null}
      {texts[0] ? (
        <Tabs defaultValue={texts[0]} keepMounted={false}>
          <Tabs.List>
            {texts.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`models.details.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {texts.map((name) => (
            <Tabs.Panel key={name} value={name}>
              <pre className={classes.text}>{details[name]}</pre>
              <CopyButton value={details[name]}>
                {({ copied, copy }) => (
                  <Button variant="default" size="compact-sm" onClick={copy}>
                    {t(copied ? 'frame.copied' : 'frame.copy')}
                  </Button>
                )}
              </CopyButton>
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : null}
    </div>
  )
}
