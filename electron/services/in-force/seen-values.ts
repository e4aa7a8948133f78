import type { LogLine } from '../../../shared/contract/server-log'
import { settingDurationMs } from '../../../shared/ollama/go-duration'
import { says } from '../../../shared/ollama/known-lines'
import { pairsOf } from '../../../shared/ollama/log-line'
import { runnerContext, runnerOption, runnerParallel } from '../../../shared/ollama/runner-arguments'
import type { Setting } from '../../../shared/ollama/settings'
import { readValue } from '../../../shared/ollama/value-reading'
import { isAtLeast } from '../../../shared/ollama/version'
import { type Configuration, modelsFolderIn } from './configuration-line'
import type { Evidence, Seen } from './evidence'

/** A runner's own arguments, or what it was sent: known of a variable that this version does not read, too. */
export function seenOfRunner({ id }: Setting, { runners, log }: Evidence): Seen | null {
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

/** The strongest witness first: a runner's arguments, what /api/ps says, then the line the server printed at its start. */
export function seenOf(
  setting: Setting,
  asked: string | null,
  evidence: Evidence,
  configuration: Configuration,
): Seen | null {
  const fromRunner = seenOfRunner(setting, evidence)
  if (fromRunner) return fromRunner
  const { loaded, log, version } = evidence
  if (setting.id === 'contextLength') {
    const known = loaded.findLast(({ contextLength }) => contextLength !== null)
    if (known?.contextLength)
      return { value: String(known.contextLength), evidence: 'ps', atMs: null, model: known.name }
    // The server prints this line whether or not it was told a context, and then does not go by it.
    const byMemory = asked === null ? contextByMemory(log) : null
    if (byMemory) return byMemory
  }
  const seen = configuration ? seenInLine(setting, asked, evidence, configuration) : seenInProcess(setting, evidence)
  return seen && isLeftToModel(setting, seen.value, version) ? null : seen
}

function seenInLine(
  setting: Setting,
  asked: string | null,
  { version, log }: Evidence,
  configuration: NonNullable<Configuration>,
): Seen | null {
  const { id, variable } = setting
  const written =
    id === 'modelsFolder' ? modelsFolderIn(configuration) : (variableIn(configuration.values, variable) ?? null)
  // An old server prints 0 where it will choose by itself, and 0 is not what it will use.
  if (written === '0' && id === 'loadedModels') return chosenLimit(log)
  if (written === null || written === '') return null
  if (written === '0' && ['parallel', 'contextLength'].includes(id)) return null
  // It prints false as well where it was told nothing and will choose by the model.
  if (id === 'flashAttention' && asked === null && setting.defaultFor(version) === '[auto]') return null
  const value = setting.kind === 'duration' && settingDurationMs(written) === -1 ? '-1' : written
  return { value, evidence: 'config-line', atMs: configuration.atMs, model: null }
}

/** What a process was given is what it uses only as far as a server of its version can read it. */
function seenInProcess(setting: Setting, { environment, version }: Evidence): Seen | null {
  const set = environment && variableIn(environment, setting.variable)
  if (set === null || set === undefined) return null
  const reading = readValue(setting, set, version)
  if (reading.is === 'empty') return null
  const at = { evidence: 'environment', atMs: null, model: null } as const
  if (reading.is === 'read') return { value: reading.value, ...at }
  const standard = setting.defaultFor(version)
  return { value: standard.startsWith('[') ? null : standard, ...at, isDefault: true }
}

/** Go takes a proxy by its name in small letters too. */
export function variableIn(
  variables: ReadonlyMap<string, string> | Record<string, string>,
  name: string,
): string | undefined {
  const textIn = (key: string) => (variables instanceof Map ? variables.get(key) : Reflect.get(variables, key))
  const own: string | undefined = textIn(name)
  if (own || !/_PROXY$/.test(name)) return own
  return textIn(name.toLowerCase()) || own
}

/** Before 0.30 a model or a card could refuse both; whether it did is known once one is loaded. */
function isLeftToModel({ id }: Setting, value: string | null, version: string): boolean {
  if (isAtLeast(version, '0.30.0') || value === null) return false
  if (id === 'flashAttention') return !/^(0|f|false)$/i.test(value)
  return id === 'keyValueType' && !/^f16$/i.test(value)
}

/** What the server chose by memory where it was told no context; null where it did not say. */
export function contextByMemory(log: readonly LogLine[]): Seen | null {
  const said = log.findLast(({ text }) => says('context-by-memory', text))
  const value = said && pairsOf(said.text).default_num_ctx
  return value ? { value, evidence: 'log', atMs: said.atMs, model: null } : null
}

/** The libraries of the cards that the server found, `cpu` where it found none; empty where it said nothing. */
export function librariesIn(log: readonly LogLine[]): { libraries: string[]; atMs: number } {
  const start = log.findLastIndex(({ text }) => says('configuration', text))
  const found = log.slice(Math.max(0, start)).filter(({ text }) => says('card-found', text))
  const libraries = found.map(({ text }) => (pairsOf(text).library ?? '').toLowerCase())
  return { libraries, atMs: found.at(-1)?.atMs ?? 0 }
}

/** Left alone, a server allows three models a card, and three without any. Cards of other makers may count differently. */
function chosenLimit(log: readonly LogLine[]): Seen | null {
  const { libraries, atMs } = librariesIn(log)
  if (libraries.length === 0 || libraries.some((library) => library !== 'cuda' && library !== 'cpu')) return null
  const cards = libraries.filter((library) => library === 'cuda').length
  return { value: String(3 * Math.max(1, cards)), evidence: 'log', atMs, model: null }
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
