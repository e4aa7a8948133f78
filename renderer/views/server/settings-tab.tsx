import { Button, Switch, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { serverPowers } from '../../../shared/ollama/server-powers'
import { findProblems } from '../../../shared/ollama/setting-values'
import { settings as allSettings, isKnownTo, type SettingGroup, settingById } from '../../../shared/ollama/settings'
import { showDone } from '../../actions/notify'
import { useAction } from '../../actions/use-action'
import { useFormat } from '../../format/use-format'
import { type SettingRowId, settingPlaces } from '../../places/places'
import { useArrival } from '../../places/use-arrival'
import { models } from '../../stores/models'
import { restartServer } from '../../stores/server'
import { inForce, saveServerSettings, serverSettings } from '../../stores/server-settings'
import { AddressRows } from './address-rows'
import { changedRows, useDraft, withValue } from './draft'
import { ExtraVariables } from './extra-variables'
import { NextStart } from './next-start'
import { SettingRow } from './setting-row'
import classes from './settings-tab.module.css'
import frame from './tab.module.css'

/** What is changed most comes first. */
const groups: (SettingGroup | 'address')[] = ['requests', 'memory', 'address', 'files', 'network', 'diagnosis']

type Props = { server: Server; saved: ServerSettings }

/** Every setting as a row: what it does and costs, the control, the default, what is in force. */
export function SettingsTab({ server, saved }: Props) {
  const { t } = useTranslation()
  const { draft, edit, discard } = useDraft()
  const [filter, setFilter] = useState('')
  const [onlyChanged, setOnlyChanged] = useState(false)
  const [isAdvanced, setAdvanced] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => search.current?.focus()]])
  const rows = inForce.useValue() ?? []
  const applied = serverSettings.useValue()?.applied ?? null
  const arrival = useArrival('/server/settings', settingPlaces)
  useEffect(() => {
    if (arrival === null) return
    setFilter('')
    setOnlyChanged(false)
    if (settingById(arrival.place)?.isAdvanced) setAdvanced(true)
  }, [arrival])
  const arrivalAt = (id: string) => (arrival?.place === id ? arrival : null)
  const shown = draft ?? saved
  const changed = new Set(changedRows(saved, shown))
  const problems = findProblems(shown)
  const version = server.version ?? server.program?.version ?? null
  const { runs } = serverPowers(server)
  const wanted = filter.trim().toLowerCase()

  const isShown = (id: SettingRowId, variable: string, advanced: boolean) => {
    if (onlyChanged && !changed.has(id)) return false
    const words = `${variable} ${t(`words.settings.${id}`)} ${t(`server.settings.${id}.sentence`)}`.toLowerCase()
    if (wanted !== '') return words.includes(wanted)
    return isAdvanced || !advanced || changed.has(id) || shown.values[id] !== undefined
  }

  return (
    <div className={`${frame.tab} ${classes.room}`}>
      <div className={frame.tools}>
        <TextInput
          ref={search}
          size="xs"
          w={220}
          leftSection={<IconSearch size={14} />}
          placeholder={t('server.filter')}
          aria-label={t('server.filter')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Switch
          label={t('server.onlyChanged')}
          size="sm"
          checked={onlyChanged}
          onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
        />
        <Switch
          label={t('server.advanced')}
          size="sm"
          checked={isAdvanced}
          onChange={(event) => setAdvanced(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.table}>
        <div className={classes.head}>
          <span>{t('server.columns.setting')}</span>
          <span>{t('server.columns.asked')}</span>
          <span>{t('server.columns.default')}</span>
          <span>{t('server.columns.inForce')}</span>
        </div>
        {groups.map((group) => {
          if (group === 'address') {
            return (
              <AddressRows
                key={group}
                shown={shown}
                saved={saved}
                problems={problems}
                isHidden={(id) => !isShown(id, 'OLLAMA_HOST', false)}
                onEdit={(change) => edit(change, saved)}
                arrivalAt={arrivalAt}
                address={runs ? `${server.host}:${server.port}` : null}
              />
            )
          }
          const inGroup = allSettings.filter(
            (setting) => setting.group === group && isShown(setting.id, setting.variable, setting.isAdvanced),
          )
          if (inGroup.length === 0) return null
          return (
            <section key={group} aria-label={t(`server.groups.${group}`)}>
              <h2 className={classes.group}>{t(`server.groups.${group}`)}</h2>
              {inGroup.map((setting) => (
                <SettingRow
                  key={setting.id}
                  setting={setting}
                  value={shown.values[setting.id]}
                  before={saved.values[setting.id]}
                  isChanged={changed.has(setting.id)}
                  problem={problems[setting.id] ?? null}
                  version={version}
                  isKnown={isKnownTo(setting, version)}
                  inForce={rows.find(({ variable }) => variable === setting.variable) ?? null}
                  arrival={arrivalAt(setting.id)}
                  onChange={(value) => edit((settings) => withValue(settings, setting.id, value), saved)}
                />
              ))}
            </section>
          )
        })}
        {isAdvanced || shown.extra.length > 0 ? (
          <ExtraVariables
            extra={shown.extra}
            onChange={(extra) => edit((settings) => ({ ...settings, extra }), saved)}
          />
        ) : null}
      </div>
      <NextStart settings={shown} inUse={applied ?? saved} />
      {changed.size > 0 ? (
        <ChangeBar
          server={server}
          draft={shown}
          count={changed.size}
          problemCount={Object.keys(problems).length}
          onDiscard={discard}
        />
      ) : server.restartDue ? (
        <RestartBar />
      ) : null}
    </div>
  )
}

type BarProps = { server: Server; draft: ServerSettings; count: number; problemCount: number; onDiscard: () => void }

function ChangeBar({ server, draft, count, problemCount, onDiscard }: BarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const loaded = models.useValue()?.loaded ?? []
  const { mayRestart } = serverPowers(server)
  const save = useAction(async () => {
    await saveServerSettings(draft)
    onDiscard()
    showDone(t('server.bar.saved'))
  })
  const apply = useAction(async () => {
    await saveServerSettings(draft)
    onDiscard()
    await restartServer()
  })
  const cost =
    problemCount > 0
      ? t('server.bar.problems', { count: problemCount })
      : mayRestart
        ? loaded.length > 0
          ? t('server.bar.unloads', { models: format.list(loaded.map(({ name }) => name)) })
          : t('server.bar.short')
        : server.state === 'adopted'
          ? t('server.bar.adopted')
          : t('server.bar.next')
  return (
    <section className={classes.bar} aria-label={t('server.bar.title', { count })}>
      <span>
        <strong>{t('server.bar.title', { count })}</strong> <span className={classes.cost}>{cost}</span>
      </span>
      <span className={classes.buttons}>
        <Button variant="default" onClick={onDiscard}>
          {t('server.bar.discard')}
        </Button>
        {mayRestart ? (
          <>
            <Button
              variant="default"
              disabled={problemCount > 0}
              loading={save.isRunning}
              onClick={() => void save.run()}
            >
              {t('server.bar.save')}
            </Button>
            <Button disabled={problemCount > 0} loading={apply.isRunning} onClick={() => void apply.run()}>
              {t('server.bar.apply')}
            </Button>
          </>
        ) : (
          <Button disabled={problemCount > 0} loading={save.isRunning} onClick={() => void save.run()}>
            {t('server.bar.save')}
          </Button>
        )}
      </span>
    </section>
  )
}

function RestartBar() {
  const { t } = useTranslation()
  const restart = useAction(restartServer)
  return (
    <section className={classes.bar} aria-label={t('server.bar.due')}>
      <span>
        <strong>{t('server.bar.due')}</strong> <span className={classes.cost}>{t('server.bar.dueText')}</span>
      </span>
      <Button loading={restart.isRunning} onClick={() => void restart.run()}>
        {t('server.restart')}
      </Button>
    </section>
  )
}
