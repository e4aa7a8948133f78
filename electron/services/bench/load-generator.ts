import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { ClientHealth } from './client-health'
import { ClosedLoop } from './closed-loop'
import type { FromGenerator, StageEnd, StageOrder, Target, ToGenerator } from './generator-messages'
import { steadyMs } from './run-clock'
import { SleepWatch } from './sleep-watch'

const snapshotEveryMs = 150
const target = workerData as Target
const agent = new Agent({ keepAlive: true, noDelay: true, scheduling: 'fifo' })
const health = new ClientHealth()

let loop: ClosedLoop | null = null
let snapshots: NodeJS.Timeout | undefined
let isCancelled = false
let sleep = new SleepWatch()
let sleptMs = 0
const eventsBySecond = new Map<number, number>()

/** The load generator's thread: sends, stamps, counts, and tells the service what happened several times a second. */
parentPort?.on('message', (message: ToGenerator) => {
  if (message.kind === 'stage') void begin(message.order)
  else if (message.kind === 'end-stage') loop?.stopSending('ended')
  else {
    isCancelled = true
    loop?.cancel()
  }
})
post({ kind: 'ready', clockMs: performance.now(), steadyMs: steadyMs() })

async function begin(order: StageOrder) {
  await openSockets(order.concurrency)
  if (isCancelled) return end('cancelled')
  health.restart()
  sleep = new SleepWatch()
  sleptMs = 0
  loop = new ClosedLoop(order, target, agent, countEvents, end)
  snapshots = setInterval(snapshot, snapshotEveryMs)
}

function end(reason: StageEnd['reason']) {
  clearInterval(snapshots)
  if (loop) snapshot()
  loop = null
  post({ kind: 'stage-end', reason, ...health.read(), sleptMs })
  health.stop()
}

/** The first burst of a step would else measure connection set-up. A server that is not there is found out by the requests. */
async function openSockets(count: number) {
  agent.maxSockets = count
  agent.maxFreeSockets = count
  const { host, port, probePath } = target
  const open = () =>
    new Promise<void>((resolve) => {
      const probe = get({ host, port, path: probePath, agent, timeout: 5000 }, (response) => {
        response.resume()
        response.on('close', resolve)
      })
      probe.on('timeout', () => probe.destroy())
      probe.on('error', () => resolve())
    })
  await Promise.all(Array.from({ length: count }, open))
}

function countEvents(count: number, atMs: number) {
  const second = Math.floor(atMs / 1000)
  eventsBySecond.set(second, (eventsBySecond.get(second) ?? 0) + count)
}

function snapshot() {
  const current = loop
  if (!current) return
  const atMs = performance.now()
  const slept = sleep.look()
  sleptMs += slept.sleptMs
  current.check(atMs, slept.isOnClock ? slept.sleptMs : 0)
  if (loop !== current) return // the check ended the step, which told everything
  const oldest = Math.floor(atMs / 1000) - 2
  for (const second of eventsBySecond.keys()) if (second < oldest) eventsBySecond.delete(second)
  post({
    kind: 'progress',
    atMs,
    ended: current.takeEnded(),
    active: current.active,
    seconds: [...eventsBySecond],
    ...health.read(),
    sleptMs: slept.sleptMs,
  })
}

function post(message: FromGenerator) {
  const transfer = message.kind === 'progress' ? message.ended.map((request) => buffer(request.eventsMs)) : []
  parentPort?.postMessage(message, transfer)
}

const buffer = (events: ArrayLike<number>) => (events as Float64Array<ArrayBuffer>).buffer
