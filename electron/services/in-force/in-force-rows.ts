import type { InForce, InForceReason } from '../../../shared/contract/server-settings'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'
import { pairsOf } from '../../../shared/ollama/log-line'
import { runnerOption } from '../../../shared/ollama/runner-arguments'
import { environmentOf, listenAddress } from '../../../shared/ollama/setting-values'
import { isKnownTo, type Setting, settings } from '../../../shared/ollama/settings'
import { comparable, isInEffect, readValue } from '../../../shared/ollama/value-reading'
import { type Configuration, configurationIn } from './configuration-line'
import { contextReason } from './context-reason'
import type { Evidence, Seen } from './evidence'
import { contextByMemory, librariesIn, seenOf, seenOfRunner, variableIn } from './seen-values'

/** Asked beside in force, a row a variable: what was wanted, what the server really uses, why they differ, how it is known. */
export function inForceRows(evidence: Evidence): InForce[] {
  const { applied, environment } = evidence
  const asked = new Map(
    applied ? environmentOf(applied).map(({ name, value }) => [name, value]) : Object.entries(environment ?? {}),
  )
  const configuration = configurationIn(evidence.log)
  const rows = settings.map((setting) =>
    rowOf(setting, variableIn(asked, setting.variable) ?? null, evidence, configuration),
  )
  return [hostRow(asked.get('OLLAMA_HOST') ?? null, evidence), ...rows]
    .filter((row) => row.asked !== null || row.inForce !== null || row.evidence === 'no-model')
    .sort((left, right) => Number(right.differs) - Number(left.differs))
}

const plain = {
  differs: false,
  reason: null,
  evidenceAtMs: null,
  model: null,
  trainedContext: null,
  standardContext: null,
} satisfies Partial<InForce>

/** Where it answers is seen; where else somebody else's server listens, its environment tells. */
function hostRow(asked: string | null, { applied, address }: Evidence): InForce {
  const at = listenAddress(address)
  const own = asked?.trim().replace(/^["']+|["']+$/g, '') ?? ''
  const isOfProcess = applied === null && own.endsWith(`:${address.port}`) && !own.includes('/')
  const seen = isOfProcess ? ({ inForce: own, evidence: 'environment' } as const) : null
  return { ...plain, variable: 'OLLAMA_HOST', asked, inForce: at, evidence: 'socket', ...seen }
}

function rowOf(setting: Setting, asked: string | null, evidence: Evidence, configuration: Configuration): InForce {
  const { variable } = setting
  const { version, home } = evidence
  const isKnown = isKnownTo(setting, version)
  // A variable that this version does not read has a value in force all the same: what its runner was started with.
  const seen = isKnown ? seenOf(setting, asked, evidence, configuration) : seenOfRunner(setting, evidence)
  const used = seen?.value ?? null
  const isOther = asked !== null && used !== null && !isInEffect(setting, asked, used, version, home)
  // A context that a request or the model brought along is no fault of the server's: told, and not as a difference.
  const context = setting.id === 'contextLength' && seen ? contextOf(setting, asked, seen, evidence) : null
  const isOwn = context?.reason != null
  const differs = isKnown ? (isOther && !isOwn) || seen?.isDefault === true : asked !== null
  const reason = differs
    ? isKnown
      ? reasonOf(setting, asked, evidence)
      : 'unknownToVersion'
    : (context?.reason ?? ownReason(setting, asked, seen, evidence))
  return {
    ...plain,
    variable,
    asked,
    inForce: used,
    differs,
    reason,
    evidence: seen?.evidence ?? (isOfModel(setting) && !isAnyLoaded(evidence) ? 'no-model' : 'none'),
    evidenceAtMs: seen?.atMs ?? null,
    model: seen?.model ?? null,
    trainedContext: context?.trained ?? null,
    standardContext: context?.standard ?? null,
  }
}

/** Settled anew for each model that is loaded. */
const isOfModel = ({ id }: Setting) => ['parallel', 'contextLength', 'flashAttention', 'keyValueType'].includes(id)

const isAnyLoaded = ({ runners, loaded }: Evidence) => runners.length > 0 || loaded.length > 0

/** Why the context is what it is, where a loaded model has one. */
function contextOf(setting: Setting, asked: string | null, seen: Seen, evidence: Evidence) {
  const { version, applied, environment, loaded, log } = evidence
  const isKnown = isKnownTo(setting, version)
  if (!['runner', 'ps'].includes(seen.evidence)) {
    const isByMemory = isKnown && seen.evidence === 'log' && asked === null
    return { reason: isByMemory ? ('contextByMemory' as const) : null, trained: null, standard: null }
  }
  if (!isKnown && asked !== null) return null
  const reading = asked === null ? null : readValue(setting, asked, version)
  const wanted = reading?.is === 'read' ? Number(reading.value) : 0
  const byMemory = wanted === 0 ? Number(contextByMemory(log)?.value ?? 0) : 0
  const isSetKnown = applied !== null || environment !== null
  const byVersion = isSetKnown ? Number(setting.defaultFor(version)) || null : null
  const standard = wanted || byMemory || byVersion
  const model = loaded.find(({ name }) => name === seen.model)?.context
  const reason = contextReason({ used: Number(seen.value), standard, isByMemory: byMemory > 0, model, version })
  return { reason, trained: model?.trained ?? null, standard }
}

/** What holds without having been set, and whose doing it is. */
function ownReason(
  setting: Setting,
  asked: string | null,
  seen: Seen | null,
  evidence: Evidence,
): InForceReason | null {
  if (asked !== null || !seen?.value || evidence.applied === null) return null
  if (setting.id === 'noPrune' && comparable(setting, seen.value, evidence.version) === '1') return 'keptForPull'
  // Nothing else hands these on to a server of ours.
  return seen.evidence === 'config-line' && ['proxy', 'noProxy', 'visibleGpus'].includes(setting.id)
    ? 'inherited'
    : null
}

function reasonOf(setting: Setting, asked: string | null, evidence: Evidence): InForceReason {
  const { id, variable } = setting
  const { log, version } = evidence
  const isSaid = (known: KnownLine) => log.some(({ text }) => says(known, text))
  const isRefused = ({ text }: { text: string }) => says('variable-invalid', text) && pairsOf(text).key === variable
  if (asked !== null && readValue(setting, asked, version).is === 'unreadable') return 'invalidValue'
  if (log.some(isRefused)) return 'invalidValue'
  if (id === 'flashAttention') return flashReason(evidence) ?? 'other'
  if (id === 'keyValueType' && isSaid('cache-needs-flash')) return 'cacheNeedsFlash'
  if (id === 'keyValueType') return 'cacheNotTaken'
  return id === 'parallel' ? 'parallelForced' : 'other'
}

/** Why it is off though it was asked for, by the last load that said so: the model, the cards, or that there are none. */
function flashReason({ log, runners }: Evidence): InForceReason | null {
  const said = log.findLast(({ text }) => says('flash-unsupported', text))
  if (!said) return null
  if (says('flash-not-for-model', said.text)) return 'flashNotForModel'
  const hasCards = librariesIn(log).libraries.some((library) => library !== 'cpu')
  const layers = runnerOption(runners.at(-1)?.command ?? '', '--n-gpu-layers')
  const isOnHost = runners.length > 0 && Number(layers ?? 0) === 0
  return hasCards && !isOnHost ? 'flashNotSupported' : 'flashNeedsCard'
}
