import { beforeAll, describe, expect, test } from 'vitest'
import { isOldStyle } from '../manners/version-style'
import { exchangeShape, progressKeys } from './exchange-shape.testing'
import { logShape } from './log-shape.testing'
import { type Recording, readRecordings, recordedFile, recordedVersions } from './recorded-exchange.testing'
import { saidBy, samples } from './samples.testing'
import { playAll, scenes } from './scenes.testing'
import { told } from './told.testing'

const versions = ['0.5.12', '0.32.15']

for (const version of versions.filter((version) => !recordedVersions.includes(version))) {
  test.skip(`the simulator says what a real ${version} said: its recordings are not beside this repository`, () => {})
}

describe.each(versions.filter((version) => recordedVersions.includes(version)))('as %s', (version) => {
  const isOld = isOldStyle(version)
  const recordings = readRecordings(version)
  let all: Awaited<ReturnType<typeof playAll>>

  beforeAll(async () => {
    all = await playAll(version, isOld, recordings)
  }, 180_000)

  test.each(recordings.map(({ name }) => name))('%s', (name) => {
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

  const recorded = new Map(scenes.map(({ log }) => [log, recordedFile(version, `serve-${log}.log`)]))
  const logs = [...recorded.keys()].filter((log) => recorded.get(log) !== null)

  for (const log of logs.filter((log) => differs[log])) {
    test.skip(`the log of "${log}": ${differs[log]}`, () => {})
  }

  test.each(logs.filter((log) => !differs[log]))('the log of "%s"', (log) => {
    const actual = logShape(all.played.get(log)?.log ?? '')
    const expected = logShape(recorded.get(log) ?? '')
    expect(actual.slog).toEqual(expected.slog)
    expect(actual.loose).toEqual(expected.loose)
    expect(actual.access).toEqual(expected.access)
    expect(actual.bare).toEqual(expected.bare)
  })
})
