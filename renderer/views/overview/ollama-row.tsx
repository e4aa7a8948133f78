import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import { IconCopy, IconExternalLink, IconFolderOpen, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { serverWord } from '../../../shared/ollama/server-word'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { FailureNotice } from '../../components/failure-notice'
import type { PageFailure } from '../../connection/failure'
import { useHostDescription } from '../../stores/host'
import {
  lookForOllama,
  pickOllama,
  pointAtOllama,
  restartServer,
  startServer,
  switchSimulator,
} from '../../stores/server'
import { ChecklistRow } from './checklist-row'
import classes from './checklist-row.module.css'
import { LookAgain } from './look-again'

const installCommand = 'curl -fsSL https://ollama.com/install.sh | sh'
const downloadPage = 'https://ollama.com/download'

/** Step 3: an Ollama that answers. Where there is none: how to get it, where it is, or the simulator. */
export function OllamaRow({ server, isCurrent }: { server: Server; isCurrent: boolean }) {
  const { t } = useTranslation()
  const start = useAction(startServer)
  const restart = useAction(restartServer)
  const version = runningServer(server)?.version ?? server.program?.version
  const { answers, mayRestart } = serverPowers(server)
  if (answers) {
    return (
      <ChecklistRow
        number={3}
        state="done"
        title={t('overview.ollama.answers', { version: version ?? '' })}
        note={server.isSimulated ? t('frame.simulated') : runningServer(server)?.programFile}
        sentence={t(server.state === 'adopted' ? 'overview.ollama.adopted' : 'overview.ollama.ours')}
      />
    )
  }
  const word = serverWord(server)
  if (word === 'ready' || word === 'adopted') return null // these answer
  if (word === 'missing') {
    return (
      <ChecklistRow
        number={3}
        state={isCurrent ? 'current' : 'waiting'}
        title={t('overview.ollama.title')}
        note={t('overview.ollama.missing')}
        aside={<LookAgain label={t('overview.ollama.again')} look={lookForOllama} />}
      >
        <WaysOn />
      </ChecklistRow>
    )
  }
  const isBusy = server.state === 'starting' || server.state === 'looking' || server.state === 'stopping'
  return (
    <ChecklistRow
      number={3}
      state={isCurrent ? 'current' : 'waiting'}
      title={version ? t('overview.ollama.found', { version }) : t('overview.ollama.title')}
      note={server.isSimulated ? t('frame.simulated') : server.program?.file}
      sentence={t(`overview.ollama.states.${word}`)}
    >
      {server.state === 'crashed' && server.exit ? (
        <div className={classes.failure}>
          <FailureNotice failure={{ code: 'serverDidNotStart', detail: server.exit.lastLines.join('\n') }} />
        </div>
      ) : null}
      {mayRestart ? (
        <BusyButton
          leftSection={<IconRefresh size={16} />}
          isBusy={restart.isRunning}
          disabled={!isCurrent}
          onClick={() => void restart.run()}
        >
          {t('overview.restart')}
        </BusyButton>
      ) : (
        <BusyButton
          leftSection={<IconPlayerPlay size={16} />}
          isBusy={isBusy || start.isRunning}
          disabled={!isCurrent}
          onClick={() => void start.run()}
        >
          {t('overview.ollama.start')}
        </BusyButton>
      )}
    </ChecklistRow>
  )
}

function WaysOn() {
  const { t } = useTranslation()
  const host = useHostDescription()
  const [file, setFile] = useState('')
  const [isPointing, setPointing] = useState(false)
  const [wrong, setWrong] = useState<PageFailure | null>(null)
  const point = useAction(() => pointAtOllama(file.trim()), setWrong)
  const pick = useAction(pickOllama)
  const simulate = useAction(() => switchSimulator(true))
  const canInstallByScript = host?.platform === 'linux'
  return (
    <div className={classes.ways}>
      {canInstallByScript ? (
        <CopyButton value={installCommand}>
          {({ copied, copy }) => (
            <Button leftSection={<IconCopy size={16} />} onClick={copy}>
              {copied ? t('frame.copied') : t('overview.ollama.copyCommand')}
            </Button>
          )}
        </CopyButton>
      ) : (
        <Button
          component="a"
          href={downloadPage}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={16} />}
        >
          {t('overview.ollama.download')}
        </Button>
      )}
      <span className={classes.way}>
        {canInstallByScript ? (
          <>
            <code className={classes.command}>{installCommand}</code> {t('overview.ollama.copyCommandSentence')}
          </>
        ) : (
          t('overview.ollama.downloadSentence')
        )}
      </span>
      <BusyButton
        variant="default"
        leftSection={<IconFolderOpen size={16} />}
        isBusy={pick.isRunning}
        onClick={() => (host?.canPickFiles ? void pick.run() : setPointing(true))}
      >
        {t('overview.ollama.point')}
      </BusyButton>
      {isPointing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void point.run()
          }}
        >
          <Group gap={8} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              autoFocus
              placeholder="/usr/local/bin/ollama"
              aria-label={t('overview.ollama.file')}
              value={file}
              error={wrong ? wrongFile(t, wrong) : null}
              onChange={(event) => {
                setWrong(null)
                setFile(event.currentTarget.value)
              }}
            />
            <BusyButton type="submit" variant="default" disabled={file.trim() === ''} isBusy={point.isRunning}>
              {t('overview.ollama.useFile')}
            </BusyButton>
          </Group>
        </form>
      ) : (
        <span className={classes.way}>{t('overview.ollama.pointSentence')}</span>
      )}
      <BusyButton variant="default" isBusy={simulate.isRunning} onClick={() => void simulate.run()}>
        {t('overview.ollama.simulate')}
      </BusyButton>
      <span className={classes.way}>{t('overview.ollama.simulateSentence')}</span>
    </div>
  )
}

const wrongFile = (t: TFunction, { code, detail }: PageFailure) =>
  [t('words.reason', { what: t(`failure.${code}.what`), todo: t(`failure.${code}.todo`) }), detail]
    .filter(Boolean)
    .join(' ')
