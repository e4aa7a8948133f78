import { Button, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreferencesChange } from '../../../shared/contract/settings'
import { useAction } from '../../actions/use-action'
import { Card } from '../../components/card'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { LeaveSimulator } from '../../parts/leave-simulator'
import { preferencePlaces } from '../../places/places'
import { type Arrival, useArrival, useReveal } from '../../places/use-arrival'
import { openFolder, useHostDescription } from '../../stores/host'
import { server } from '../../stores/server'
import { changeSettings, settings } from '../../stores/settings'
import classes from './settings-view.module.css'

/** Corral's own preferences; the server's lie on its screen. Each takes effect as it is chosen. */
export default function SettingsView() {
  const { t } = useTranslation()
  const state = settings.useValue()
  const change = useAction((wish: PreferencesChange) => changeSettings(wish))
  const show = useAction(openFolder)
  const host = useHostDescription()
  const arrival = useArrival('/settings', preferencePlaces)
  const arrivalAt = (place: (typeof preferencePlaces)[number]) => (arrival?.place === place ? arrival : null)
  const isSimulated = server.useValue()?.isSimulated ?? false
  if (!state) {
    return (
      <Page title={t('frame.screens.settings')}>
        <Waiting sentence={t('frame.connecting')} heights={[220, 120]} />
      </Page>
    )
  }
  const { preferences } = state
  return (
    <Page title={t('frame.screens.settings')} sentence={t('settings.sentence')}>
      <div className={classes.column}>
        {state.setAsideFile ? (
          <Notice tone="caution" title={t('settings.setAside.title')}>
            {t('settings.setAside.text', { file: state.setAsideFile })}
          </Notice>
        ) : null}
        {state.setAsideDatabase ? (
          <Notice tone="caution" title={t('settings.setAsideDatabase.title')}>
            {t('settings.setAsideDatabase.text', { file: state.setAsideDatabase })}
          </Notice>
        ) : null}
        <Card isFlush>
          <Row
            name={t('settings.language.name')}
            sentence={t('settings.language.sentence')}
            arrival={arrivalAt('language')}
          >
            <Choice
              name={t('settings.language.name')}
              value={preferences.language}
              choices={[
                ['system', t('settings.language.system')],
                ['en', 'English'],
                ['zh-CN', '简体中文'],
              ]}
              onChoose={(language) => void change.run({ language })}
            />
          </Row>
          <Row name={t('settings.theme.name')} sentence={t('settings.theme.sentence')} arrival={arrivalAt('theme')}>
            <Choice
              name={t('settings.theme.name')}
              value={preferences.theme}
              choices={[
                ['system', t('settings.theme.system')],
                ['light', t('settings.theme.light')],
                ['dark', t('settings.theme.dark')],
              ]}
              onChoose={(theme) => void change.run({ theme })}
            />
          </Row>
          <Row
            name={t('words.preferences.launch')}
            sentence={t('settings.launch.sentence')}
            arrival={arrivalAt('launch')}
          >
            <Choice
              name={t('words.preferences.launch')}
              value={preferences.startServerOnLaunch ? 'start' : 'wait'}
              choices={[
                ['wait', t('settings.launch.wait')],
                ['start', t('settings.launch.start')],
              ]}
              onChoose={(choice) => void change.run({ startServerOnLaunch: choice === 'start' })}
            />
          </Row>
          <Row
            name={t('words.preferences.quit')}
            arrival={arrivalAt('quit')}
            sentence={t(host?.kind === 'web' ? 'settings.quit.sentenceWeb' : 'settings.quit.sentence')}
          >
            <Choice
              name={t('words.preferences.quit')}
              value={preferences.onQuit}
              choices={[
                ['ask', t(host?.kind === 'web' ? 'settings.quit.askWeb' : 'settings.quit.ask')],
                ['leave', t('settings.quit.leave')],
                ['stop', t('settings.quit.stop')],
              ]}
              onChoose={(onQuit) => void change.run({ onQuit })}
            />
          </Row>
          {isSimulated ? (
            <Row
              name={t('settings.simulator.name')}
              sentence={t('settings.simulator.sentence')}
              arrival={arrivalAt('simulator')}
            >
              <LeaveSimulator />
            </Row>
          ) : null}
        </Card>
        {host ? (
          <Card title={t('settings.about.title')} aside={`Corral ${host.version}`}>
            <dl className={classes.facts}>
              <dt>{t('settings.about.host')}</dt>
              <dd>{t(`settings.about.hosts.${host.kind}`)}</dd>
              <dt>{t('settings.about.data')}</dt>
              <dd>
                <span className={classes.path}>{host.dataFolder}</span>
                {host.canOpenFolders ? (
                  <Button size="compact-xs" variant="subtle" ml={8} onClick={() => void show.run('data')}>
                    {t('settings.about.open')}
                  </Button>
                ) : null}
              </dd>
            </dl>
          </Card>
        ) : null}
      </div>
    </Page>
  )
}

type RowProps = { name: string; sentence: string; arrival?: Arrival | null; children: ReactNode }

function Row({ name, sentence, arrival = null, children }: RowProps) {
  const ref = useReveal<HTMLDivElement>(arrival)
  return (
    <div ref={ref} className={classes.row} data-marked={arrival !== null || undefined}>
      <div>
        <div className={classes.name}>{name}</div>
        <div className={classes.sentence}>{sentence}</div>
      </div>
      {children}
    </div>
  )
}

type ChoiceProps<Value extends string> = {
  name: string
  value: Value
  choices: [Value, string][]
  onChoose: (value: Value) => void
}

function Choice<Value extends string>({ name, value, choices, onChoose }: ChoiceProps<Value>) {
  return (
    <Select
      aria-label={name}
      size="sm"
      w={220}
      allowDeselect={false}
      value={value}
      data={choices.map(([choice, label]) => ({ value: choice, label }))}
      onChange={(choice) => choice !== null && onChoose(choice as Value)}
    />
  )
}
