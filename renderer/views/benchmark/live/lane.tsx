import { useTranslation } from 'react-i18next'
import type { LaneRequest } from '../../../../shared/contract/bench'
import { formatMeasure } from '../../../format/numbers'
import { formatLatency } from '../../../format/times'
import classes from './lane.module.css'
import { minuteMs, type Scale, toX } from './minute-geometry'

type Props = {
  requests: readonly LaneRequest[]
  scale: Scale
  top: number
  height: number
  askedTokens: number
  hasWords: boolean
}

/** One slot: for each request the wait hatched, the prefill solid, the decode pale. */
export function Lane({ requests, scale, top, height, askedTokens, hasWords }: Props) {
  const fromMs = scale.endMs - minuteMs
  return (
    <g>
      {requests.map((request) => {
        const endMs = request.endAtMs ?? scale.endMs
        if (endMs < fromMs) return null
        const prefillMs = request.prefillAtMs ?? request.firstTokenAtMs ?? endMs
        const tokenMs = request.firstTokenAtMs ?? endMs
        const piece = (phase: string, startMs: number, stopMs: number) => {
          const x = toX(scale, startMs)
          const width = toX(scale, stopMs) - x
          return width > 0 ? (
            <rect x={x} y={top} width={width} height={height} className={classes.piece} data-phase={phase} />
          ) : null
        }
        const isFailed = request.outcome !== null && request.outcome !== 'ok'
        return (
          <g key={request.number}>
            {piece('waiting', request.startAtMs, Math.min(prefillMs, endMs))}
            {piece('prefill', prefillMs, Math.min(tokenMs, endMs))}
            {piece(isFailed ? 'failed' : 'decode', tokenMs, endMs)}
            <line x1={toX(scale, endMs)} x2={toX(scale, endMs)} y1={top} y2={top + height} className={classes.seam} />
            {hasWords ? (
              <LaneWords
                request={request}
                askedTokens={askedTokens}
                x={toX(scale, Math.max(fromMs, tokenMs)) + 6}
                y={top + height / 2 + 4}
                room={toX(scale, endMs) - toX(scale, Math.max(fromMs, tokenMs)) - 10}
              />
            ) : null}
          </g>
        )
      })}
    </g>
  )
}

type WordsProps = { request: LaneRequest; askedTokens: number; x: number; y: number; room: number }

/** As much as the bar has room for, by a fair guess of the letters' width. */
function LaneWords({ request, askedTokens, x, y, room }: WordsProps) {
  const { t } = useTranslation()
  const number = `#${request.number}`
  const rate =
    request.tokensPerSecond === null ? '' : t('benchmark.rate', { rate: formatMeasure(request.tokensPerSecond) })
  const ttft = request.firstTokenAtMs === null ? null : formatLatency(request.firstTokenAtMs - request.startAtMs)
  const count = t('benchmark.live.tokensOf', { tokens: request.tokens, asked: askedTokens })
  const longest =
    request.outcome === null
      ? count
      : ttft === null
        ? rate
        : [rate, t('benchmark.live.firstToken', { ttft })].filter(Boolean).join(' · ')
  const note = [longest, request.outcome === null ? '' : rate].find(
    (words) => (number.length + 1 + words.length) * 6.2 < room,
  )
  if (number.length * 6.6 > room) return null
  return (
    <text x={x} y={y} className={classes.laneNumber}>
      {number} <tspan className={classes.laneNote}>{note ?? ''}</tspan>
    </text>
  )
}
