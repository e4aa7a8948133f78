import type { LogLine } from '../../../shared/contract/server-log'
import type { InForce, InForceReason } from '../../../shared/contract/server-settings'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { settingDurationMs } from '../../../shared/ollama/go-duration'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'
import { pairsOf } from '../../../shared/ollama/log-line'
import { runnerContext, runnerOption, runnerParallel } from '../../../shared/ollama/runner-arguments'
import { environmentOf, listenAddress } from '../../../shared/ollama/setting-values'
import { isKnownTo, type Setting, settings } from '../../../shared/ollama/settings'
import { type Configuration, configurationIn } from './configuration-line'

/** What can be seen of a running server: each source, as far as it could be read. */
export type Evidence = {
  version: string
  applied: ServerSettings | null
  log: readonly LogLine[]
  /** Command lines of its runners, the newest last, and the model of each where it can be told. */
  runners: readonly { command: string; model: string | null }[]
  /** From /api/ps. */
  loaded: readonly { name: string; contextLength: number | null }[]
  /** The environment of its process, where it may be read. */
  environment: Record<string, string> | null
  address: { host: string; port: number }
}

type Seen = { value: string; evidence: InForce['evidence']; atMs: number | null; model: string | null }

/** Asked beside in force, a row a variable: what was wanted, what the server really uses, why they differ, how it is known. */
export function inForceRows(evidence: Evidence): InForce[] {
  const { applied, environment, address } = evidence
  const asked = new Map(
    applied ? environmentOf(applied).map(({ name, value }) => [name, value]) : Object.entries(environment ?? {}),
  )
  const configuration = configurationIn(evidence.log)
  const rows = settings.map((setting) => rowOf(setting, asked.get(setting.variable) ?? null, evidence, configuration))
  const host: InForce = {
    variable: 'OLLAMA_HOST',
    asked: asked.get('OLLAMA_HOST') ?? null,
    inForce: listenAddress(address),
    differs: false,
    reason: null,
    evidence: 'socket',
    evidenceAtMs: null,
    model: null,
  }
  return [host, ...rows]
    .filter((row) => row.asked !== null || row.inForce !== null || row.evidence === 'no-model')
    .sort((left, right) => Number(right.differs) - Number(left.differs))
}

function rowOf(setting: Setting, asked: string | null, evidence: Evidence, configuration: Configuration): InForce {
  const { variable } = setting
  const isKnown = isKnownTo(setting, evidence.version)
  // A variable that this version does not read has a value in force all the same: what its runner was started with.
  const seen = isKnown ? seenOf(setting, asked, evidence, configuration) : seenOfRunner(setting, evidence)
  const isOther = seen !== null && asked !== null && normal(setting, asked) !== normal(setting, seen.value)
  // A context that a request brought along is no fault of the server's: told with its reason, and not as a difference.
  const isOfLoaded = setting.id === 'contextLength' && seen !== null && ['runner', 'ps'].includes(seen.evidence)
  const byMemory = asked === null ? contextByMemory(evidence.log)?.value : undefined
  const isByRequest = isKnown && isOfLoaded && (isOther || (byMemory !== undefined && byMemory !== seen.value))
  const differs = isKnown ? isOther && !isByRequest : asked !== null
  const isByCorral = setting.id === 'noPrune' && asked === null && normal(setting, seen?.value ?? '') === '1'
  return {
    variable,
    asked,
    inForce: seen?.value ?? null,
    differs,
    reason: isByRequest
      ? 'contextByRequest'
      : isByCorral
        ? 'keptForPull'
        : !differs
          ? null
          : isKnown
            ? reasonOf(setting, evidence)
            : 'unknownToVersion',
    evidence: seen?.evidence ?? (isOfModel(setting) && !isAnyLoaded(evidence) ? 'no-model' : 'none'),
    evidenceAtMs: seen?.atMs ?? null,
    model: seen?.model ?? null,
  }
}

/** Settled anew for each model that is loaded. */
const isOfModel = ({ id }: Setting) => ['parallel', 'contextLength', 'flashAttention', 'keyValueType'].includes(id)

const isAnyLoaded = ({ runners, loaded }: Evidence) => runners.length > 0 || loaded.length > 0

function seenOfRunner({ id }: Setting, { runners, log }: Evidence): Seen | null {
  const runner = runners.at(-1)
  if (!runner) return null
  if (runnerContext(runner.command) === null) {
    const told = loadRequestIn(log)
    const value = told?.values[id]
    return told && value ? { value, evidence: 'log', atMs: told.atMs, model: runner.model } : null
  }
  const value = runnerValue(id, runner.command)
  return value ? { value, evidence: 'runner', atMs: null, model: runner.model } : null
}

/** Where a runner's arguments name the weights alone, the rest is sent to it, and written to the log. */
function loadRequestIn(log: readonly LogLine[]): { values: Record<string, string>; atMs: number } | null {
  const line = log.findLast(({ text }) => says('load-request', text))
  if (!line) return null
  const said = (name: string) => new RegExp(` ${name}:(\\S+)`).exec(line.text)?.[1] ?? ''
  return {
    values: {
      parallel: said('Parallel'),
      flashAttention: flashAttentionOf(said('FlashAttention')),
      keyValueType: said('KvCacheType') || 'f16',
    },
    atMs: line.atMs,
  }
}

/** The strongest witness first: a runner's arguments, what /api/ps says, then the line the server printed at its start. */
function seenOf(setting: Setting, asked: string | null, evidence: Evidence, configuration: Configuration): Seen | null {
  const fromRunner = seenOfRunner(setting, evidence)
  if (fromRunner) return fromRunner
  const { loaded, environment, log } = evidence
  if (setting.id === 'contextLength') {
    const known = loaded.findLast(({ contextLength }) => contextLength !== null)
    if (known?.contextLength)
      return { value: String(known.contextLength), evidence: 'ps', atMs: null, model: known.name }
    // The server prints this line whether or not it was told a context, and then does not go by it.
    const byMemory = asked === null ? contextByMemory(log) : null
    if (byMemory) return byMemory
  }
  const written = configuration?.values.get(setting.variable)
  if (written !== undefined && configuration) {
    // An old server prints 0 where it will choose by itself, and 0 is not what it will use.
    if (written === '0' && setting.id === 'loadedModels') return chosenLimit(log)
    if (written === '' || (written === '0' && ['parallel', 'contextLength'].includes(setting.id))) return null
    // It prints false as well where it was told nothing and will choose by the model.
    if (setting.id === 'flashAttention' && asked === null && setting.defaultFor(evidence.version) === '[auto]')
      return null
    const value = setting.kind === 'duration' && settingDurationMs(written) === -1 ? '-1' : written
    return { value, evidence: 'config-line', atMs: configuration.atMs, model: null }
  }
  const set = environment?.[setting.variable]
  return set === undefined ? null : { value: set, evidence: 'environment', atMs: null, model: null }
}

function contextByMemory(log: readonly LogLine[]): Seen | null {
  const said = log.findLast(({ text }) => says('context-by-memory', text))
  const value = said && pairsOf(said.text).default_num_ctx
  return value ? { value, evidence: 'log', atMs: said.atMs, model: null } : null
}

/** Left alone, a server allows three models a card, and three without any. Cards of other makers may count differently. */
function chosenLimit(log: readonly LogLine[]): Seen | null {
  const start = log.findLastIndex(({ text }) => says('configuration', text))
  const found = log.slice(start).filter(({ text }) => says('card-found', text))
  const libraries = found.map(({ text }) => (pairsOf(text).library ?? '').toLowerCase())
  const last = found.at(-1)
  if (!last || libraries.some((library) => library !== 'cuda' && library !== 'cpu')) return null
  const cards = libraries.filter((library) => library === 'cuda').length
  return { value: String(3 * Math.max(1, cards)), evidence: 'log', atMs: last.atMs, model: null }
}

/** A boolean at first, a word of three since. */
const flashAttentionOf = (word: string) => (/^auto$/i.test(word) ? 'auto' : /^(true|enabled)$/i.test(word) ? '1' : '0')

/** What a runner was really started with, by arguments that tell all of it. */
function runnerValue(id: string, command: string): string | null {
  switch (id) {
    case 'parallel':
      return runnerParallel(command)
    case 'contextLength': {
      const context = runnerContext(command)
      return context === null ? null : String(context)
    }
    case 'flashAttention': {
      if (/\s--flash-attn( on|\s+-|$)/.test(command)) return '1'
      return /\s--flash-attn auto/.test(command) ? 'auto' : '0'
    }
    case 'keyValueType':
      return runnerOption(command, '--kv-cache-type', '--cache-type-k') ?? 'f16'
    default:
      return null
  }
}

function reasonOf({ id }: Setting, { log }: Evidence): InForceReason {
  const isSaid = (known: KnownLine) => log.some(({ text }) => says(known, text))
  if (id === 'flashAttention' && isSaid('flash-unsupported')) return 'flashNotSupported'
  if (id === 'keyValueType' && isSaid('cache-needs-flash')) return 'cacheNeedsFlash'
  if (id === 'keyValueType') return 'cacheNotTaken'
  if (id === 'parallel') return 'parallelForced'
  if (isSaid('variable-invalid')) return 'invalidValue'
  return 'other'
}

/** Values in the words of one side, so that 10m and 10m0s, 1 and true are the same. */
function normal({ id, kind }: Setting, text: string): string {
  if (kind === 'switch')
    return /^(1|t|true|on|debug)$/i.test(text) ? '1' : /^(0|f|false|off|info)$/i.test(text) ? '0' : text
  if (kind === 'duration') return String(settingDurationMs(text) ?? text)
  if (id === 'origins') return text
  return text.trim()
}
