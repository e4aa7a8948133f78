import { ActionIcon, CloseButton, Tabs } from '@mantine/core'
import { IconArrowBarToDown, IconCopy, IconPlayerEject } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelDetails } from '../../../../shared/contract/models'
import { showDone } from '../../../actions/notify'
import { BusyButton } from '../../../components/busy-button'
import { Card } from '../../../components/card'
import { Chip } from '../../../components/chip'
import { FailureNotice } from '../../../components/failure-notice'
import { LongName } from '../../../components/long-name/long-name'
import { Waiting } from '../../../components/waiting'
import { useModelDetails } from '../../../stores/models'
import type { ModelRow } from '../list/sort-models'
import { ModelMenu } from '../model-menu'
import { useModelActions } from '../use-model-actions'
import classes from './details-panel.module.css'
import { HeaderFacts } from './header-facts'
import { HeldFacts } from './held-facts'

type Props = { row: ModelRow; usesCards: boolean | null; onClose: () => void; onRemove: () => void }

/** One model: what it is, where it lies in memory, and the texts it came with. */
export function DetailsPanel({ row, usesCards, onClose, onRemove }: Props) {
  const { t } = useTranslation()
  const { value: details, failure } = useModelDetails(row)
  const { load, unload } = useModelActions(row.name)
  const act = row.held ? unload : load
  return (
    <Card isFlush className={classes.panel}>
      <header className={classes.head}>
        <h2 className={classes.title}>
          <LongName>{row.name}</LongName>
        </h2>
        <span className={classes.chips}>
          {(details?.capabilities ?? row.capabilities)
            .filter((name) => name !== 'completion')
            .map((name) => (
              <Chip key={name}>{t(`models.can.${name}`, { defaultValue: name })}</Chip>
            ))}
        </span>
        <BusyButton
          variant="default"
          size="compact-sm"
          leftSection={row.held ? <IconPlayerEject size={15} /> : <IconArrowBarToDown size={15} />}
          isBusy={act.isRunning || row.doing !== null}
          onClick={() => void act.run()}
        >
          {t(row.held ? 'models.menu.unload' : 'models.menu.loadShort')}
        </BusyButton>
        <ModelMenu row={row} onRemove={onRemove} />
        <CloseButton size={28} iconSize={16} aria-label={t('models.close')} onClick={onClose} />
      </header>
      {failure ? (
        <div className={classes.body}>
          <FailureNotice failure={failure} />
        </div>
      ) : details ? (
        <Parts row={row} usesCards={usesCards} details={details} />
      ) : (
        <div className={classes.body}>
          <Waiting sentence={t('models.details.waiting')} heights={[140]} />
        </div>
      )}
    </Card>
  )
}

function Parts({ row, usesCards, details }: Pick<Props, 'row' | 'usesCards'> & { details: ModelDetails }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState('facts')
  const texts = (
    [
      { id: 'template', text: details.template },
      { id: 'system', text: details.system },
      { id: 'modelfile', text: details.modelfile },
      { id: 'license', text: details.license },
    ] as const
  ).filter(({ text }) => text.trim() !== '')
  const part = chosen === 'parameters' || texts.some(({ id }) => id === chosen) ? chosen : 'facts'
  return (
    <Tabs value={part} onChange={(id) => setChosen(id ?? 'facts')} keepMounted={false}>
      <Tabs.List className={classes.tabs}>
        <Tabs.Tab value="facts">{t('models.details.facts')}</Tabs.Tab>
        <Tabs.Tab value="parameters">{t('models.details.parameters')}</Tabs.Tab>
        {texts.map(({ id }) => (
          <Tabs.Tab key={id} value={id}>
            {t(`models.details.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="facts" className={classes.body}>
        <div className={classes.columns}>
          <HeaderFacts row={row} details={details} />
          <HeldFacts row={row} usesCards={usesCards} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="parameters" className={classes.body}>
        <Parameters details={details} />
      </Tabs.Panel>
      {texts.map(({ id, text }) => (
        <Tabs.Panel key={id} value={id} className={classes.body}>
          <LongText text={text} label={t(`models.details.${id}`)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function Parameters({ details }: { details: ModelDetails }) {
  const { t } = useTranslation()
  if (details.parameters.length === 0) return <p className={classes.none}>{t('models.details.noParameters')}</p>
  return (
    <dl className={classes.parameters}>
      {details.parameters.map(({ name, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: `stop` comes several times
        <div key={place}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function LongText({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    showDone(t('frame.copied'))
  }
  return (
    <div className={classes.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <section tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <ActionIcon
        className={classes.copy}
        variant="default"
        size={28}
        aria-label={t('frame.copy')}
        onClick={() => void copy()}
      >
        <IconCopy size={15} />
      </ActionIcon>
    </div>
  )
}
