import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences, PreferencesChange } from '../../../shared/contract/settings'
import { useAction } from '../../actions/use-action'
import { Card } from '../../components/card'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { LeaveSimulator } from '../../parts/leave-simulator'
import { preferencePlaces } from '../../places/places'
import { type Arrival, useArrival, useReveal } from '../../places/use-arrival'
import { useHostDescription } from '../../stores/host'
import { server } from '../../stores/server'
import { changeSettings, settings } from '../../stores/settings'
import { AboutCard } from './about-card'
import { preferenceRows } from './preference-rows'
import classes from './settings-view.module.css'

/** Corral's own preferences; the server's lie on its screen. Each takes effect as it is chosen. */
export default function SettingsView() {
  const { t } = useTranslation()
  const state = settings.useValue()
  const host = useHostDescription()
  if (!state) {
    return (
      <Page title={t('frame.screens.settings')}>
        <Waiting sentence={t('frame.connecting')} heights={[220, 120]} />
      </Page>
    )
  }
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
        <PreferencesCard preferences={state.preferences} />
        {host ? <AboutCard host={host} /> : null}
      </div>
    </Page>
  )
}

function PreferencesCard({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation()
  const change = useAction((wish: PreferencesChange) => changeSettings(wish))
  const host = useHostDescription()
  const arrival = useArrival('/settings', preferencePlaces)
  const arrivalAt = (place: (typeof preferencePlaces)[number]) => (arrival?.place === place ? arrival : null)
  const isSimulated = server.useValue()?.isSimulated ?? false
  return (
    <Card isFlush>
      {preferenceRows(t, preferences, host?.kind).map(({ place, name, sentence, value, choices, wishOf }) => (
        <Row key={place} name={name} sentence={sentence} arrival={arrivalAt(place)}>
          <Select
            aria-label={name}
            size="sm"
            w={220}
            allowDeselect={false}
            value={value}
            data={choices}
            onChange={(choice) => choice !== null && void change.run(wishOf(choice))}
          />
        </Row>
      ))}
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
  )
}

type RowProps = { name: string; sentence: string; arrival: Arrival | null; children: ReactNode }

function Row({ name, sentence, arrival, children }: RowProps) {
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
