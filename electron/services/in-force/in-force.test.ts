import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogger } from '../../platform/logger'
import { redact } from '../../platform/redact'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { Models } from '../models/models'
import { load, TestMachine } from '../ollama-server/test-machine.testing'
import { InForce } from './in-force'

const machine = new TestMachine()

type Corral = Awaited<ReturnType<TestMachine['corral']>>

function inForceBy({ server, runners, log }: Corral) {
  const logger = createLogger(join(machine.folder, 'models.log'), redact)
  const sockets = new Sockets()
  machine.onEnd(() => sockets.close())
  const models = new Models({
    backends: listBackends(server.address),
    sockets,
    runners: (loaded) => runners.of(loaded),
    cardMemory: () => [],
    logger,
    redact,
  })
  return new InForce({ server, runners, log, models, redact })
}

/** Ours may answer before its first lines have been read; those of an adopted one are not ours to read. */
async function untilTold(corral: Corral) {
  const isTold = () =>
    corral.server.state.current.state === 'adopted' ||
    corral.log.lines.some((line) => line.text.includes('server config'))
  await expect.poll(isTold, { timeout: 10_000 }).toBe(true)
}

async function inForceOf(corral: Corral) {
  await untilTold(corral)
  const rows = await inForceBy(corral).read()
  return new Map(rows.map((row) => [row.variable, row]))
}

test('an old server forces what it was asked, and the rows say why and how it is known', async () => {
  const corral = await machine.corral(machine.installOllama({ version: '0.5.12', cards: [] }))
  const { server, ask, log } = corral
  ask({ flashAttention: '1', keyValueType: 'q8_0', contextLength: '8192', keepAlive: '10m' })
  await server.start()
  await load(server)
  await expect.poll(() => log.lines.some((line) => line.text.includes('starting llama server'))).toBe(true)
  const rows = await inForceOf(corral)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({
    asked: null,
    inForce: '4',
    evidence: 'runner',
    differs: false,
  })
  expect(rows.get('OLLAMA_FLASH_ATTENTION')).toMatchObject({
    asked: '1',
    inForce: '0',
    differs: true,
    reason: 'flashNeedsCard',
  })
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject({
    asked: '8192',
    inForce: '2048',
    differs: true,
    reason: 'unknownToVersion',
    evidence: 'runner',
  })
  expect(rows.get('OLLAMA_KEEP_ALIVE')).toMatchObject({
    asked: '10m',
    inForce: '10m0s',
    differs: false,
    evidence: 'config-line',
  })
})

test('with several models loaded, what is in force is that of the last one, under its name', async () => {
  const corral = await machine.corral(machine.installOllama({ installed: ['llama3.2:3b', 'qwen2.5:0.5b'] }))
  const { server, ask } = corral
  ask({ keepAlive: '-1' })
  await server.start()
  await load(server, 'qwen2.5:0.5b')
  await load(server, 'llama3.2:3b')
  const rows = await inForceOf(corral)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({ evidence: 'runner', model: 'llama3.2:3b' })
  expect(rows.get('OLLAMA_KEEP_ALIVE')).toMatchObject({ asked: '-1', inForce: '-1', differs: false })
})

test('a new server tells its context in /api/ps and its slots in its runner', async () => {
  const corral = await machine.corral(machine.installOllama())
  const { server, ask } = corral
  ask({ parallel: '4', contextLength: '4096' })
  await server.start()
  await load(server)
  const rows = await inForceOf(corral)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({
    asked: '4',
    inForce: '4',
    differs: false,
    evidence: 'runner',
  })
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject({ asked: '4096', inForce: '4096', differs: false })
})

test('F9: a model that was trained for less than the server gives by itself is told as such', async () => {
  const corral = await machine.corral(machine.installOllama())
  const { server, ask } = corral
  ask({ origins: 'https://a.example' })
  await server.start()
  await load(server)
  const rows = await inForceOf(corral)
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject({
    asked: null,
    inForce: '131072',
    reason: 'contextByTraining',
    trainedContext: 131_072,
    standardContext: 262_144,
  })
  expect(rows.get('OLLAMA_ORIGINS')).toMatchObject({ asked: 'https://a.example', differs: false, reason: null })
})

test('a context that a request brought along is told, and is no difference', async () => {
  const corral = await machine.corral(machine.installOllama())
  const { server, ask } = corral
  ask({ contextLength: '8192' })
  await server.start()
  const { baseUrl } = server.address.current ?? {}
  const body = JSON.stringify({ model: 'llama3.2:3b', stream: false, options: { num_ctx: 4096 } })
  await fetch(`${baseUrl}/api/generate`, { method: 'POST', body })
  const rows = await inForceOf(corral)
  const row = { asked: '8192', inForce: '4096', differs: false, reason: 'contextByRequest' }
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject(row)
})

test('the settings of an adopted server are read from its process', async () => {
  const file = machine.installOllama()
  await machine.strangersOllama(file)
  const corral = await machine.corral(file)
  const rows = await inForceOf(corral)
  if (process.platform === 'linux')
    expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({ inForce: '2', evidence: 'environment' })
})

test('while the same model stays loaded, what is in force is read again without a look at all processes', async () => {
  const corral = await machine.corral(machine.installOllama())
  await corral.server.start()
  await load(corral.server)
  await untilTold(corral)
  const inForce = inForceBy(corral)
  const first = await inForce.read()
  expect(corral.looks()).toBeGreaterThan(0)
  const before = corral.looks()
  for (let times = 0; times < 5; times++) expect(await inForce.read()).toEqual(first)
  expect(corral.looks()).toBe(before)
})
