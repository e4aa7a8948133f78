import type { SimulatedModel } from '../../configuration'
import { goBytes } from '../manners/go-values'
import type { ServeSettings } from '../manners/serve-settings'
import type { LoadOptions } from './load-options'
import { estimateOld, type OldEstimate } from './old-estimate'
import { fitLayers, onHost, type Placement, predictedBytes } from './placement'

/** Where a model goes, and what its runner is started with. */
export type Plan = {
  placement: Placement
  parallel: number
  batchSize: number
  isOnSingleCard: boolean
  usesMmap: boolean
  flashAttention: 'on' | 'off' | 'auto'
  /** As /api/ps tells them. */
  sizeBytes: number
  vramBytes: number
  /** Others must go before it is loaded so. */
  mustEvict: boolean
  refusal: string | null
  /** What the log says of it. */
  fit: 'single' | 'all' | 'partial' | 'host'
  cardPlace: number
  freeBytes: number[]
  requiredBytes: number
  estimate: OldEstimate | null
  isFlashRefused: boolean
}

export type PlanQuestion = {
  model: SimulatedModel
  options: LoadOptions
  settings: ServeSettings
  version: string
  /** Free memory of the cards that may be used, with their places in the machine. */
  freeBytes: { place: number; bytes: number }[]
  cardCount: number
  hostFreeBytes: number
  hasOthers: boolean
}

const isEmbedding = ({ capabilities }: SimulatedModel) => !capabilities.includes('completion')

/** 0.5.12: four slots if they fit, on one card if they fit, else one slot, else all cards, else what fits of it. */
export function planOld(question: PlanQuestion): Plan {
  const { model, options, settings, cardCount, hostFreeBytes, hasOthers } = question
  const cards = options.gpuLayers === 0 ? [] : [...question.freeBytes].sort((one, other) => other.bytes - one.bytes)
  const asked = isEmbedding(model) ? 1 : settings.parallel
  const tries = asked > 0 ? [asked] : cards.length > 0 ? [4, 1] : [4]
  const isFlash = settings.flashAttention === true && cards.length > 0
  const estimateFor = (parallel: number, free: number[], isCpu = false) =>
    estimateOld(
      model,
      free,
      {
        cells: options.contextLength * parallel,
        batchSize: options.batchSize ?? 512,
        keyValueType: isFlash ? settings.keyValueType : '',
        gpuLayers: options.gpuLayers,
        overheadBytes: settings.gpuOverheadBytes,
      },
      isCpu,
    )
  const done = (estimate: OldEstimate, parallel: number, fit: Plan['fit'], used: typeof cards): Plan => {
    const placement: Placement = {
      cardBytes: spread(cardCount, used, estimate.cardBytes),
      hostBytes: estimate.totalBytes - estimate.vramBytes,
      layers: fit === 'host' ? 0 : estimate.layers,
      layerCounts: spread(cardCount, used, estimate.layerCounts),
      keyValueBytes: estimate.keyValueBytes,
    }
    const isTooLarge = placement.hostBytes > hostFreeBytes
    return {
      placement:
        fit === 'host'
          ? { ...placement, cardBytes: spread(cardCount, [], []), layerCounts: spread(cardCount, [], []) }
          : placement,
      parallel,
      batchSize: options.batchSize ?? 512,
      isOnSingleCard: fit === 'single',
      usesMmap: options.usesMmap ?? fit !== 'host',
      flashAttention: isFlash && fit !== 'host' ? 'on' : 'off',
      sizeBytes: estimate.totalBytes,
      vramBytes: fit === 'host' ? 0 : estimate.vramBytes,
      mustEvict: hasOthers && fit === 'partial',
      refusal: isTooLarge
        ? `model requires more system memory (${goBytes(placement.hostBytes)}) than is available (${goBytes(hostFreeBytes)})`
        : null,
      fit,
      cardPlace: used[0]?.place ?? 0,
      freeBytes: used.map((card) => card.bytes),
      requiredBytes: estimate.vramBytes,
      estimate,
      isFlashRefused: settings.flashAttention === true && fit === 'host',
    }
  }

  if (cards.length > 0) {
    for (const parallel of settings.spreads ? [] : tries) {
      for (const card of cards) {
        const estimate = estimateFor(parallel, [card.bytes])
        if (estimate.isFull) return done(estimate, parallel, 'single', [card])
      }
    }
    for (const parallel of tries) {
      const estimate = estimateFor(
        parallel,
        cards.map((card) => card.bytes),
      )
      if (estimate.isFull) return done(estimate, parallel, 'all', cards)
    }
    const parallel = asked || 1
    const estimate = estimateFor(
      parallel,
      cards.map((card) => card.bytes),
    )
    if (estimate.layers > 0) return done(estimate, parallel, 'partial', cards)
  }
  const parallel = tries[0] ?? 1
  return done(hostEstimate(estimateFor(parallel, [hostFreeBytes], true)), parallel, 'host', [
    { place: 0, bytes: hostFreeBytes },
  ])
}

/** On the host the same arithmetic runs with its memory as the device; nothing of it is graphics memory. */
const hostEstimate = (estimate: OldEstimate): OldEstimate => ({
  ...estimate,
  layers: 0,
  totalBytes: estimate.totalBytes,
  vramBytes: 0,
  isFull: false,
})

const spread = (count: number, used: readonly { place: number }[], values: readonly number[]): number[] =>
  Array.from({ length: count }, (_, place) => values[used.findIndex((card) => card.place === place)] ?? 0)

const noParallel = ['mllama', 'qwen3vl', 'qwen35', 'qwen3next', 'lfm2', 'nemotron_h']

/** 0.32: one card if the prediction takes at most 80 % of it, else all; llama-server fits the layers itself. */
export function planNew(question: PlanQuestion): Plan {
  const { model, options, settings, cardCount, hostFreeBytes, hasOthers } = question
  const cards = options.gpuLayers === 0 ? [] : question.freeBytes
  const isSingleSlot = isEmbedding(model) || noParallel.includes(model.family)
  const parallel = isSingleSlot ? 1 : Math.max(1, settings.parallel)
  const cells = options.contextLength * parallel
  const predicted = predictedBytes(model, cells)
  const best = [...cards].sort((one, other) => other.bytes - one.bytes).at(0)
  const isOnSingleCard = !settings.spreads && best !== undefined && predicted <= best.bytes * 0.8
  const chosen = isOnSingleCard && best ? [best] : cards
  const chosenFree = chosen.reduce((sum, card) => sum + card.bytes, 0)
  const batchSize = options.batchSize ?? automaticBatch(cells, predicted, cards.length > 0 ? chosenFree : hostFreeBytes)
  const surcharge = isEmbedding(model) ? 0 : batchSurcharge(batchSize)
  const free = Array.from({ length: cardCount }, (_, place) => cards.find((card) => card.place === place)?.bytes ?? 0)
  const keyValueType = settings.keyValueType
  const fitted =
    cards.length > 0
      ? fitLayers(
          model,
          chosen.map((card) => card.place),
          free,
          { cells, keyValueType, gpuLayers: options.gpuLayers },
        )
      : onHost(model, cardCount, cells, keyValueType)
  const placement = fitted.layers > 0 ? fitted : onHost(model, cardCount, cells, keyValueType)
  const vramBytes = placement.cardBytes.reduce((sum, bytes) => sum + bytes, 0)
  const isFull = placement.layers > model.blockCount
  return {
    placement,
    parallel,
    batchSize: isEmbedding(model) ? Math.min(batchSize, options.contextLength) : batchSize,
    isOnSingleCard,
    usesMmap: options.usesMmap ?? cards.length > 0,
    flashAttention: settings.flashAttention === null ? 'auto' : settings.flashAttention ? 'on' : 'off',
    sizeBytes: isFull ? vramBytes : vramBytes + placement.hostBytes,
    vramBytes,
    mustEvict: hasOthers && cards.length > 0 && predicted + surcharge > chosenFree * 0.8,
    refusal:
      placement.hostBytes > hostFreeBytes
        ? `llama-server reported out-of-memory during startup: failed to allocate ${goBytes(placement.hostBytes)}`
        : null,
    fit: placement.layers === 0 ? 'host' : isOnSingleCard ? 'single' : isFull ? 'all' : 'partial',
    cardPlace: best?.place ?? 0,
    freeBytes: chosen.map((card) => card.bytes),
    requiredBytes: predicted,
    estimate: null,
    isFlashRefused: false,
  }
}

function automaticBatch(cells: number, predicted: number, free: number): number {
  const wanted = cells > 32_768 ? 2048 : cells > 4096 ? 1024 : 512
  return [2048, 1024].find((batch) => batch <= wanted && batchFits(batch, predicted, free)) ?? 512
}

const batchSurcharge = (batch: number) => (batch >= 2048 ? 2 * 2 ** 30 : batch >= 1024 ? 768 * 2 ** 20 : 0)

const batchFits = (batch: number, predicted: number, free: number) =>
  predicted <= free * (batch >= 2048 ? 0.6 : 0.75) && predicted + batchSurcharge(batch) <= free * 0.8
