import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server, ServerExit } from '../../../shared/contract/server'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Notice } from '../../components/notice'
import { formatClock } from '../../format/times'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { lookForOllama, switchSimulator } from '../../stores/server'
import { takeFreePort } from '../../stores/server-settings'

/** What happened to the server and the ways on; nothing while it is well. */
export function StateNotice({ state }: { state: Server }) {
  switch (state.state) {
    case 'missing':
      return <Missing />
    case 'foreign':
      return <Foreign state={state} />
    case 'crashed':
      return <Crashed state={state} />
    case 'adopted':
      return <Adopted state={state} />
    case 'hung':
      return <Hung />
    default:
      if (state.exit?.reason === 'stopped-by-other') return <StoppedByOther />
      return state.exit && state.state === 'ready' ? <CameBack exit={state.exit} /> : null
  }
}

function Missing() {
  const { t } = useTranslation()
  const look = useAction(lookForOllama)
  const simulate = useAction(() => switchSimulator(true))
  return (
    <Notice
      tone="caution"
      title={t('failure.ollamaNotFound.what')}
      actions={
        <>
          <Button component={Link} href="/overview">
            {t('server.missing.how')}
          </Button>
          <BusyButton variant="default" isBusy={look.isRunning} onClick={() => void look.run()}>
            {t('server.missing.again')}
          </BusyButton>
          <BusyButton variant="default" isBusy={simulate.isRunning} onClick={() => void simulate.run()}>
            {t('server.missing.simulate')}
          </BusyButton>
        </>
      }
    >
      {t('failure.ollamaNotFound.todo')}
    </Notice>
  )
}

function Foreign({ state }: { state: Extract<Server, { state: 'foreign' }> }) {
  const { t } = useTranslation()
  const { port, freePort, occupant } = state
  const move = useAction(takeFreePort)
  return (
    <Notice
      tone="bad"
      title={
        occupant.name
          ? t('server.foreign.named', { port, name: occupant.name, pid: occupant.pid ?? '—' })
          : t('server.foreign.unnamed', { port })
      }
      actions={
        freePort === null ? null : (
          <BusyButton isBusy={move.isRunning} onClick={() => void move.run(freePort)}>
            {t('server.foreign.use', { port: freePort })}
          </BusyButton>
        )
      }
    >
      {t('server.foreign.text')}
    </Notice>
  )
}

/** Lists what Windows has reserved; elsewhere no server ends for it. */
const reservedPortsCommand = 'netsh interface ipv4 show excludedportrange protocol=tcp'

function Crashed({ state }: { state: Extract<Server, { state: 'crashed' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(500)
  const move = useAction(takeFreePort)
  const { exit, gaveUp, nextRestartAtMs, crashCount } = state
  if (!exit) return null
  const { port, freePort } = exit
  const code = exit.signal ?? exit.code
  const isReserved = exit.reason === 'port-reserved'
  return (
    <Notice
      tone="bad"
      title={format.sentences([
        code === null ? t('server.crashed.untold') : t('server.crashed.title', { code }),
        t(`server.crashed.reasons.${exit.reason}`, { port }),
      ])}
      detail={exit.lastLines.join('\n')}
      actions={
        <>
          {freePort === null ? null : (
            <BusyButton isBusy={move.isRunning} onClick={() => void move.run(freePort)}>
              {t('server.foreign.use', { port: freePort })}
            </BusyButton>
          )}
          <Button component={Link} href="/server/log" variant="default">
            {t('server.crashed.log')}
          </Button>
        </>
      }
    >
      {gaveUp ? (
        t('server.crashed.gaveUp', { count: crashCount })
      ) : nextRestartAtMs !== null ? (
        t('server.crashed.again', { left: format.duration(Math.max(0, nextRestartAtMs - now)), count: crashCount })
      ) : isReserved ? (
        <>
          {t('server.crashed.reserved')} <code>{reservedPortsCommand}</code>
        </>
      ) : (
        t('server.crashed.mend')
      )}
    </Notice>
  )
}

function Adopted({ state }: { state: Extract<Server, { pid: unknown }> }) {
  const { t } = useTranslation()
  return (
    <Notice tone="info" title={t(`server.adopted.${state.owner}`, { pid: state.pid ?? '—' })}>
      {t('server.adopted.text')} {state.owner === 'systemd' ? <code>sudo systemctl stop ollama</code> : null}
    </Notice>
  )
}

function Hung() {
  const { t } = useTranslation()
  return (
    <Notice tone="bad" title={t('server.hung.title')}>
      {t('server.hung.text')}
    </Notice>
  )
}

function CameBack({ exit }: { exit: ServerExit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const code = exit.signal ?? exit.code
  const at = formatClock(exit.atMs)
  return (
    <Notice
      tone="caution"
      title={code === null ? t('server.cameBack.untold', { at }) : t('server.cameBack.title', { at, code })}
      detail={exit.lastLines.join('\n')}
    >
      {format.sentences([t(`server.crashed.reasons.${exit.reason}`, { port: exit.port }), t('server.cameBack.text')])}
    </Notice>
  )
}

function StoppedByOther() {
  const { t } = useTranslation()
  return (
    <Notice tone="info" title={t('server.stoppedByOther.title')}>
      {t('server.stoppedByOther.text')}
    </Notice>
  )
}
