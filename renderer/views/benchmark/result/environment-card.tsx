import { useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import { Card } from '../../../components/card'
import { formatCount, formatMeasure, unknown } from '../../../format/numbers'
import { formatMemory, formatSize } from '../../../format/sizes'
import { formatLatency } from '../../../format/times'
import classes from './result.module.css'

/** What was measured, on what, and how it was asked: one line, folded out into all of it. */
export function EnvironmentCard({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const { server, client, sampling, machine } = run
  const settings = (machine?.settings ?? []).map(({ variable, value }) => `${variable}=${value ?? unknown}`)
  const cards = (machine?.cards ?? []).map(({ name, powerLimitWatts }) =>
    powerLimitWatts === null ? name : `${name} (${Math.round(powerLimitWatts)} W)`,
  )
  const line = [
    `Ollama ${server.version ?? unknown}`,
    server.quantization,
    t('benchmark.environment.context', { tokens: formatCount(server.contextLength ?? run.plan.contextLength) }),
    run.load?.loadMs ? t('benchmark.environment.loaded', { time: formatLatency(run.load.loadMs) }) : null,
  ]
  const facts: [string, string][] = [
    [t('benchmark.environment.server'), `Ollama ${server.version ?? unknown}`],
    [
      t('benchmark.plan.model'),
      `${run.plan.model.name} · ${server.parameterSize ?? unknown} · ${server.quantization ?? unknown}`,
    ],
    [t('benchmark.environment.digest'), server.digest?.slice(0, 12) ?? unknown],
    [t('benchmark.environment.size'), formatSize(server.sizeBytes)],
    [
      t('benchmark.environment.memory'),
      server.vramBytes === null || cards.length === 0
        ? formatMemory(server.loadedBytes)
        : t('benchmark.environment.memoryValue', {
            all: formatMemory(server.loadedBytes),
            cards: formatMemory(server.vramBytes),
          }),
    ],
    [
      t('benchmark.environment.cards'),
      cards.length > 0
        ? t('benchmark.environment.cardsValue', { cards: cards.join(', '), driver: machine?.driverVersion ?? unknown })
        : unknown,
    ],
    [t('benchmark.environment.settings'), settings.length > 0 ? settings.join(' · ') : unknown],
    [t('benchmark.plan.contextLength'), formatCount(server.contextLength ?? run.plan.contextLength)],
    [
      t('benchmark.environment.load'),
      run.load?.wasLoaded ? t('benchmark.environment.wasLoaded') : formatLatency(run.load?.loadMs ?? null),
    ],
    [
      t('benchmark.environment.warmUp'),
      run.warmUp
        ? t('benchmark.environment.warmUpValue', {
            count: run.warmUp.rounds,
            tokens: formatCount(run.warmUp.promptTokens),
            rate: formatMeasure(run.warmUp.prefillTokensPerSecond),
          })
        : unknown,
    ],
    [
      t('benchmark.environment.sampling'),
      `temperature ${sampling.temperature}, top_p ${sampling.topP}, repeat_penalty ${sampling.repeatPenalty}, seed ${sampling.seed}`,
    ],
    [
      t('benchmark.environment.client'),
      `${client.processor} × ${client.coreCount} · ${client.system} · Node ${client.node}`,
    ],
    [t('benchmark.environment.corral'), run.corralVersion],
  ]
  return (
    <Card>
      <details className={classes.folded}>
        <summary>
          <b>{t('benchmark.environment.title')}</b>{' '}
          <span className={classes.quiet}>{line.filter(Boolean).join(' · ')}</span>
        </summary>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Card>
  )
}
