import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { findConflicts, type SettingConflict } from '../../../shared/ollama/setting-conflicts'
import { findProblems } from '../../../shared/ollama/setting-values'
import { settings as allSettings, isKnownTo, type SettingGroup, settingById } from '../../../shared/ollama/settings'
import { Empty } from '../../components/empty'
import { type SettingRowId, settingPlaces } from '../../places/places'
import { type Arrival, useArrival } from '../../places/use-arrival'
import { inForce, serverSettings } from '../../stores/server-settings'
import { changeSettings, settings } from '../../stores/settings'
import { AddressRows } from './address-rows'
import { ChangeBar, RestartBar } from './change-bar'
import { changedRows, useDraft, withValue } from './draft'
import { ExtraVariables } from './extra-variables'
import { NextStart } from './next-start'
import { ModelsFolders, OutsideVariables } from './outside-settings'
import { isShown, type SettingFilter } from './setting-filter'
import { SettingRow } from './setting-row'
import { SettingTools } from './setting-tools'
import classes from './settings-tab.module.css'
import frame from './tab.module.css'

/** What is changed most comes first. */
const groups: (SettingGroup | 'address')[] = ['requests', 'memory', 'address', 'files', 'network', 'diagnosis']

type Props = { server: Server; saved: ServerSettings }

/** Every setting as a row: what it does and costs, the control, the default, what is in force. */
export function SettingsTab({ server, saved }: Props) {
  const { t } = useTranslation()
  const { draft, edit, typedPort, typePort, discard } = useDraft()
  const applied = serverSettings.useValue()?.applied ?? null
  const arrival = useArrival('/server/settings', settingPlaces)
  const [filter, changeFilter] = useSettingFilter(arrival)
  const shown = draft ?? saved
  const changed = new Set(changedRows(saved, shown))
  const problems = findProblems(shown)
  // The next start is of the program that is here, whoever's server answers now.
  const conflicts = findConflicts(shown, server.program?.version ?? runningServer(server)?.version ?? null)
  const { runs } = serverPowers(server)

  const isRowShown = (id: SettingRowId, variable: string, isAdvanced: boolean) => {
    const words = `${variable} ${t(`words.settings.${id}`)} ${t(`server.settings.${id}.sentence`)}`
    return isShown({ id, isAdvanced, words }, filter, changed, shown)
  }
  const names = shown.extra.map(({ name }) => name).join(' ')
  const extraWords = `${t('server.extra.title')} ${t('server.extra.sentence')} ${names}`
  const isExtraShown =
    (filter.words.trim() !== '' || filter.isAdvanced || shown.extra.length > 0) &&
    isShown({ id: 'extra', isAdvanced: false, words: extraWords }, filter, changed, shown)
  const isAnyShown =
    isExtraShown ||
    (['host', 'port'] as const).some((id) => isRowShown(id, 'OLLAMA_HOST', false)) ||
    allSettings.some(({ id, variable, isAdvanced }) => isRowShown(id, variable, isAdvanced))
  const rows = { server, shown, saved, changed, problems, conflicts, arrival, isRowShown, onEdit: edit }
  return (
    <div className={`${frame.tab} ${classes.room}`}>
      <SettingTools filter={filter} onChange={changeFilter} />
      <OutsideVariables shown={shown} isSimulated={server.isSimulated} onEdit={(change) => edit(change, saved)} />
      <div className={classes.table}>
        <div className={classes.head}>
          <span>{t('server.columns.setting')}</span>
          <span>{t('server.columns.asked')}</span>
          <span>{t('server.columns.default')}</span>
          <span>{t('server.columns.inForce')}</span>
        </div>
        {isAnyShown ? null : (
          <Empty
            sentence={t('server.noneFound')}
            action={
              <Button variant="default" onClick={() => changeFilter({ words: '', onlyChanged: false })}>
                {t('server.showAll')}
              </Button>
            }
          />
        )}
        {groups.map((group) =>
          group === 'address' ? (
            <AddressRows
              key={group}
              shown={shown}
              saved={saved}
              problems={problems}
              isHidden={(id) => !isRowShown(id, 'OLLAMA_HOST', false)}
              onEdit={(change) => edit(change, saved)}
              typedPort={typedPort}
              onPort={(text) => typePort(text, saved)}
              arrivalAt={(id) => (arrival?.place === id ? arrival : null)}
              address={runs ? `${server.host}:${server.port}` : null}
            />
          ) : (
            <Group key={group} group={group} {...rows} />
          ),
        )}
        {isExtraShown ? (
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
          isFatal={conflicts.some(({ isFatal }) => isFatal)}
          onDiscard={discard}
        />
      ) : runningServer(server)?.restartDue ? (
        <RestartBar />
      ) : null}
    </div>
  )
}

/** What is looked for; whoever is led to a row finds it, whatever was looked for before. */
function useSettingFilter(arrival: Arrival | null) {
  const [filter, setFilter] = useState({ words: '', onlyChanged: false, isRevealed: false })
  const isRemembered = settings.useValue()?.preferences.showsAdvanced ?? false
  useEffect(() => {
    if (arrival === null) return
    const isAdvanced = settingById(arrival.place)?.isAdvanced ?? false
    setFilter(({ isRevealed }) => ({ words: '', onlyChanged: false, isRevealed: isRevealed || isAdvanced }))
  }, [arrival])
  const change = ({ isAdvanced, ...rest }: Partial<SettingFilter>) => {
    if (isAdvanced !== undefined) void changeSettings({ showsAdvanced: isAdvanced })
    setFilter((before) => ({ ...before, ...rest, isRevealed: before.isRevealed && isAdvanced === undefined }))
  }
  const { words, onlyChanged, isRevealed } = filter
  return [{ words, onlyChanged, isAdvanced: isRemembered || isRevealed }, change] as const
}

type GroupProps = {
  group: SettingGroup
  server: Server
  shown: ServerSettings
  saved: ServerSettings
  changed: ReadonlySet<string>
  problems: ReturnType<typeof findProblems>
  conflicts: readonly SettingConflict[]
  arrival: Arrival | null
  isRowShown: (id: SettingRowId, variable: string, isAdvanced: boolean) => boolean
  onEdit: ReturnType<typeof useDraft.getState>['edit']
}

function Group({ group, server, shown, saved, changed, problems, conflicts, arrival, isRowShown, onEdit }: GroupProps) {
  const { t } = useTranslation()
  const inForceNow = inForce.useValue() ?? []
  const version = runningServer(server)?.version ?? server.program?.version ?? null
  const inGroup = allSettings.filter(
    (setting) => setting.group === group && isRowShown(setting.id, setting.variable, setting.isAdvanced),
  )
  if (inGroup.length === 0) return null
  return (
    <section aria-label={t(`server.groups.${group}`)}>
      <h2 className={classes.group}>{t(`server.groups.${group}`)}</h2>
      {inGroup.map((setting) => (
        <SettingRow
          key={setting.id}
          setting={setting}
          value={shown.values[setting.id]}
          before={saved.values[setting.id]}
          isChanged={changed.has(setting.id)}
          problem={problems[setting.id] ?? null}
          note={
            setting.id === 'modelsFolder' ? (
              <ModelsFolders
                shown={shown}
                isSimulated={server.isSimulated}
                onEdit={(change) => onEdit(change, saved)}
              />
            ) : null
          }
          conflict={conflicts.find(({ rows }) => rows.includes(setting.id)) ?? null}
          version={version}
          isKnown={isKnownTo(setting, version)}
          inForce={inForceNow.find(({ variable }) => variable === setting.variable) ?? null}
          arrival={arrival?.place === setting.id ? arrival : null}
          onChange={(value) => onEdit((settings) => withValue(settings, setting.id, value), saved)}
        />
      ))}
    </section>
  )
}
