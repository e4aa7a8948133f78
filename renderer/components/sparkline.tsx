import classes from './sparkline.module.css'

type Props = {
  /** Shares from 0 to 1, the newest last; null is a gap. */
  shares: (number | null)[]
  color: string
  label: string
}

const barWidth = 2
const step = 3
const height = 14

/** A few bars beside a number: where it has been. */
export function Sparkline({ shares, color, label }: Props) {
  return (
    <svg className={classes.sparkline} width={shares.length * step} height={height} role="img" aria-label={label}>
      {shares.map((share, place) =>
        share === null ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={place}
            x={place * step}
            y={height - Math.max(1, share * height)}
            width={barWidth}
            height={Math.max(1, share * height)}
            fill={color}
          />
        ),
      )}
    </svg>
  )
}
