import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOldStyle } from '../manners/version-style'
import { saidBy, samples } from './samples.testing'
import { Stage } from './stage.testing'
import { told } from './told.testing'

describe.each(['0.5.12', '0.32.15'])('as %s', (version) => {
  const style = isOldStyle(version) ? 'old' : 'new'
  let stage: Stage

  beforeAll(async () => {
    // Slow enough for no duration to be 0, which Go would leave out.
    stage = await Stage.set(version, { prefillTokensPerSecond: 1000, pullBytesPerSecond: 400e6 })
  })
  afterAll(() => stage.simulator.close())

  test.each(samples)('$what', async (sample) => {
    const [method = '', path = ''] = sample.ask.split(' ')
    const answer = await stage.send({ method, path, body: sample.body ?? '' })
    expect(told(answer)).toEqual(saidBy(sample, style))
  })

  test.each([
    [
      'where it listens',
      `level=INFO source=\\w+\\.go:\\d+ msg="Listening on 127\\.0\\.0\\.1:\\d+ \\(version ${version}\\)"`,
    ],
    [
      'what it can reckon on',
      'msg="inference compute" id=\\w+ library=cpu .*total="23\\.5 GiB" available="22\\.9 GiB"',
    ],
    [
      'that a runner is ready',
      `msg="${style === 'old' ? 'llama runner' : 'llama-server'} started in \\d\\.\\d\\d seconds"`,
    ],
    [
      'each request',
      '\\[GIN\\] \\d{4}/\\d\\d/\\d\\d - \\d\\d:\\d\\d:\\d\\d \\| 404 \\| +[\\d.]+(µs|ms|s) \\| +127\\.0\\.0\\.1 \\| POST +"/api/show"',
    ],
  ])('its log tells %s', (_, line) => {
    expect(stage.simulator.log).toMatch(new RegExp(line))
  })
})
