import classes from './memory-bar.module.css'

type Props = { parts: { share: number; color: string }[]; label?: string }

/** How much of something is taken: parts side by side on one scale, the rest free. */
export function MemoryBar({ parts, label }: Props) {
  return (
    <div className={classes.bar} {...(label ? { role: 'img', 'aria-label': label } : {})}>
      {parts.map(({ share, color }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <div key={place} style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, background: color }} />
      ))}
    </div>
  )
}
