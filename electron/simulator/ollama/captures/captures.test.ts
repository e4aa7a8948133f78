import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { isOldStyle } from '../manners/version-style'
import { exchangeShape, progressKeys } from './exchange-shape.testing'
import { logShape } from './log-shape.testing'
import { type Recording, readRecordings } from './recorded-exchange.testing'
import { saidBy, samples } from './samples.testing'
import { playAll, scenes } from './scenes.testing'
import { told } from './told.testing'

const folder = resolve(import.meta.dirname, '../../../../../shared/ollama-lab/captures')

/** Recordings that cannot be played again, and why. */
const cannotBePlayed: Record<string, string> = {}

if (!existsSync(folder)) {
  test.skip('the recordings of real servers are not beside this repository: nothing to compare with', () => {})
}

describe.each(['0.5.12', '0.32.15'].filter((version) => existsSync(join(folder, version))))('as %s', (version) => {
  const isOld = isOldStyle(version)
  const recordings = readRecordings(join(folder, version))
  let all: Awaited<ReturnType<typeof playAll>>

  beforeAll(async () => {
    all = await playAll(version, isOld, recordings)
  }, 180_000)

  test.each(recordings.map(({ name }) => name))('%s', (name) => {
    if (cannotBePlayed[name]) return
    const { expected, request } = recordings.find((recording) => recording.name === name) as Recording
    const actual = all.exchanges.get(name)
    if (!actual) throw new Error(`no scene asks "${name}"`)
    const manner = {
      // The new server tells of a layer only if it takes longer than its tick.
      isProgressChance: !isOld && !/again|cancelled/.test(name),
      isLengthChance: request === null,
      hasRoundDurations: isOld,
    }
    expect(exchangeShape(actual, manner)).toEqual(exchangeShape(expected, manner))
    if (/^sig-.*-client$/.test(name)) expect(actual.isCut).toBe(true)
    expect(progressKeys(expected.body)).toEqual(expect.arrayContaining(progressKeys(actual.body)))
  })

  test.each(samples.filter(({ recording }) => recording))('the sample of $what', (sample) => {
    const { expected } = recordings.find(({ name }) => name === sample.recording) as Recording
    // The old server leaves out a duration below a millisecond, which is chance.
    const likely = (lines: readonly string[]) =>
      lines.map((line) => (isOld ? line.replaceAll(/ (prompt_)?eval_duration/g, '') : line))
    expect(likely(told(expected))).toEqual(likely(saidBy(sample, isOld ? 'old' : 'new')))
  })

  /** Logs that cannot be the same, and why. */
  const differs: Record<string, string> = {
    'queue1-max1': 'which of the twelve requests came first was chance, and with it the number of loads',
    'pull-faults': 'two registries with faults of their own answered under one address',
  }

  const logs = [...new Set(scenes.map(({ log }) => log))].filter((log) => existsSync(logFile(log)) && !differs[log])

  function logFile(log: string) {
    return join(folder, version, `serve-${log}.log`)
  }

  test.each(logs)('the log of "%s"', (log) => {
    const actual = logShape(all.played.get(log)?.log ?? '')
    const expected = logShape(readFileSync(logFile(log), 'utf8'))
    expect(actual.slog).toEqual(expected.slog)
    expect(actual.loose).toEqual(expected.loose)
    expect(actual.access).toEqual(expected.access)
    expect(actual.bare).toEqual(expected.bare)
  })
})
