import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { serverPowers } from '../../../shared/ollama/server-powers'
import { showDone } from '../../actions/notify'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { useFormat } from '../../format/use-format'
import { models } from '../../stores/models'
import { restartServer } from '../../stores/server'
import { saveServerSettings } from '../../stores/server-settings'
import { withoutEmptyRows } from './draft'
import classes from './settings-tab.module.css'

type BarProps = {
  server: Server
  draft: ServerSettings
  count: number
  problemCount: number
  isFatal: boolean
  onDiscard: () => void
}

/** What is changed and not saved: how much, what it costs, and the ways on. */
export function ChangeBar({ server, draft, count, problemCount, isFatal, onDiscard }: BarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const loaded = models.useValue()?.loaded ?? []
  const { mayRestart } = serverPowers(server)
  const save = useAction(async () => {
    await saveServerSettings(withoutEmptyRows(draft))
    onDiscard()
    showDone(t('server.bar.saved'))
  })
  const apply = useAction(() =>
    restartServer(async () => {
      await saveServerSettings(withoutEmptyRows(draft))
      onDiscard()
    }),
  )
  const cost =
    problemCount > 0
      ? t('server.bar.problems', { count: problemCount })
      : isFatal
        ? t('server.bar.fatal')
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
            <BusyButton
              variant="default"
              disabled={problemCount > 0}
              isBusy={save.isRunning}
              onClick={() => void save.run()}
            >
              {t('server.bar.save')}
            </BusyButton>
            <BusyButton disabled={problemCount > 0} isBusy={apply.isRunning} onClick={() => void apply.run()}>
              {t('server.bar.apply')}
            </BusyButton>
          </>
        ) : (
          <BusyButton disabled={problemCount > 0} isBusy={save.isRunning} onClick={() => void save.run()}>
            {t('server.bar.save')}
          </BusyButton>
        )}
      </span>
    </section>
  )
}

/** Saved, and not in force before a restart. */
export function RestartBar() {
  const { t } = useTranslation()
  const restart = useAction(restartServer)
  return (
    <section className={classes.bar} aria-label={t('server.bar.due')}>
      <span>
        <strong>{t('server.bar.due')}</strong> <span className={classes.cost}>{t('server.bar.dueText')}</span>
      </span>
      <BusyButton isBusy={restart.isRunning} onClick={() => void restart.run()}>
        {t('server.restart')}
      </BusyButton>
    </section>
  )
}
