import { beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { RunningSimulator } from '../../simulator/running-simulator.testing'
import { ChatsUnderTest } from './chats-under-test.testing'

const model = 'llama3.2:3b'
const under = ChatsUnderTest.forEachTest()
let simulator: RunningSimulator

beforeEach(async () => {
  simulator = await RunningSimulator.start({
    installed: [model],
    loadSecondsPerGibibyte: 0.05,
    prefillTokensPerSecond: 5000,
    decodeTokensPerSecond: 200,
  })
  under.onEnd(() => simulator.close())
  under.address.set({ baseUrl: simulator.baseUrl, version: '0.32.15', isSimulated: true })
})

/** A chat whose first answer has begun to stream. */
async function begun(text = 'How fast is it?') {
  const { id } = under.chats.create(ownModel(model), { seed: 0 })
  const { answerId } = under.chats.send(id, text)
  await expect.poll(() => under.text(answerId)?.length, { timeout: 10_000 }).toBeGreaterThan(40)
  return { id, answerId }
}

test('a first answer loads the model, streams, and has its figures', async () => {
  const { id } = under.chats.create(ownModel(model), { maximumTokens: 64, seed: 0 })
  const { answerId } = under.chats.send(id, 'How fast is it?')
  const states = new Set<string>()
  for await (const chat of under.chats.watchChat(id, undefined)) {
    const state = chat.turns[0]?.answers[0]?.state ?? 'none'
    states.add(state)
    if (state === 'done') break
  }
  expect([...states]).toEqual(expect.arrayContaining(['loading', 'streaming', 'done']))
  expect(under.text(answerId)).toMatch(/^Quantization trades a little accuracy/)
  const { figures, isSimulated } = await under.latest(id)
  expect(isSimulated).toBe(true)
  expect(figures).toMatchObject({ answerTokens: 64, endReason: 'length' })
  expect(figures.loadMs).toBeGreaterThan(80)
  expect(figures.firstTokenMs).not.toBeNull()
  expect(figures.tokensPerSecond).toBeGreaterThan(190)
  expect(figures.tokensPerSecond).toBeLessThan(210)
})

test('a stopped answer frees the server for the next', async () => {
  const { id } = await begun()
  await under.chats.stop(id)
  expect((await under.latest(id)).state).toBe('stopped')
  under.chats.send(id, 'And now?')
  expect((await under.ended(id)).state).toBe('done')
})

test('two chats are answered at once', async () => {
  const [one, two] = await Promise.all([begun(), begun('显存够吗？')])
  expect((await under.ended(one.id)).state).toBe('done')
  expect((await under.ended(two.id)).state).toBe('done')
  expect(under.text(two.answerId)).toContain('显存')
})

test('a server that is killed in the middle leaves the half answer, marked', async () => {
  const { id, answerId } = await begun()
  await simulator.kill('SIGKILL')
  expect(await under.ended(id)).toMatchObject({ state: 'cut-short', failure: { code: 'serverConnectionLost' } })
  expect(under.text(answerId)).toMatch(/^Quantization/)
})

test.each(['serverRestarted', 'serverStopped'] as const)(
  'F8: an answer that the user ends with the server says so: %s',
  async (why) => {
    const { id, answerId } = await begun()
    await under.chats.letGo(why)
    expect(await under.latest(id)).toMatchObject({ state: 'cut-short', failure: { code: why } })
    expect(under.text(answerId)).toMatch(/^Quantization/)
  },
)

test.each([
  ['a connection dropped in mid-stream', { dropAfterTokens: 20 }, 'cut-short', 'serverConnectionLost'],
  ['an error in mid-stream', { errorAfterTokens: 20 }, 'cut-short', 'modelTooLarge'],
  ['a model that repeats itself', { repeatsToken: true }, 'cut-short', 'answerEndedEarly'],
  ['a runner that dies', { runnerDiesAfterTokens: 20 }, 'cut-short', 'runnerEnded'],
])('%s keeps what had come and says why', async (_, faults, state, code) => {
  await simulator.setFaults(faults)
  const { id } = under.chats.create(ownModel(model))
  const { answerId } = under.chats.send(id, 'How fast is it?')
  expect(await under.ended(id)).toMatchObject({ state, failure: { code } })
  expect(under.text(answerId)?.length).toBeGreaterThan(40)
})

test('a model that does not load says so', async () => {
  await simulator.setFaults({ loadError: 'llama-server process has terminated: exit status 1: ' })
  const { id } = under.chats.create(ownModel(model))
  under.chats.send(id, 'Hi')
  expect(await under.ended(id)).toMatchObject({ state: 'failed', failure: { code: 'modelDidNotLoad' } })
})

test('a model that is not there says so', async () => {
  const { id } = under.chats.create(ownModel('nope:1b'))
  under.chats.send(id, 'Hi')
  expect(await under.ended(id)).toMatchObject({ state: 'failed', failure: { code: 'modelNotFound' } })
})

test.each(['0.5.12', '0.32.15'])(
  'L4: %s cuts a long prompt and leaves out whole messages, and both are said',
  async (version) => {
    const server = await RunningSimulator.start({
      version,
      installed: [model],
      loadSecondsPerGibibyte: 0.01,
      prefillTokensPerSecond: 50_000,
      decodeTokensPerSecond: 500,
    })
    under.onEnd(() => server.close())
    under.address.set({ baseUrl: server.baseUrl, version, isSimulated: true })
    under.contextLength = 512
    const words = (count: number) => 'Corral asks and Ollama answers. '.repeat(count)
    const { id } = under.chats.create(ownModel(model), { contextLength: 512, maximumTokens: 16, seed: 0 })
    const ask = async (text: string) => {
      under.chats.send(id, text)
      const { state, figures } = await under.ended(id)
      expect(state).toBe('done')
      return figures
    }
    const first = await ask(words(60))
    expect(first.promptCut).toBeUndefined()
    // The next question does not fit beside it: the oldest messages go, without a word from the server.
    const second = await ask(words(30))
    expect(second.promptTokens).toBeLessThan(first.promptTokens ?? 0)
    expect(second.promptCut).toEqual({ sentTokens: null })
    // One that does not fit alone loses its middle.
    const third = await ask(words(300))
    expect(third.promptTokens).toBeLessThanOrEqual(512)
    expect(third.promptCut).not.toBeUndefined()
  },
)

test('C2: a server from before it knew of thoughts leaves them in the text, and they are parted here', async () => {
  const thinking = 'deepseek-r1:32b'
  const older = await RunningSimulator.start({
    version: '0.5.12',
    installed: [thinking],
    loadSecondsPerGibibyte: 0.001,
    prefillTokensPerSecond: 5000,
    decodeTokensPerSecond: 500,
  })
  under.onEnd(() => older.close())
  under.address.set({ baseUrl: older.baseUrl, version: '0.5.12', isSimulated: true })
  const { id } = under.chats.create(ownModel(thinking), { seed: 0 })
  const { answerId } = under.chats.send(id, 'How fast is it?')
  expect((await under.ended(id)).state).toBe('done')
  const [said] = under.chats.readTexts([answerId])
  expect(said?.thinking).not.toBe('')
  expect(said?.text).not.toBe('')
  expect(`${said?.text}${said?.thinking}`).not.toContain('think>')
})
