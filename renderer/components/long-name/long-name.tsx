import classes from './long-name.module.css'
import { splitName } from './split-name'

type Props = { children: string; className?: string | undefined }

/**
 * The name of a model or a path: where there is too little room its middle goes, so that what tells it from its sisters
 * stays. To a reader, a search and a copy it is whole, and pointing at it shows it.
 */
export function LongName({ children: name, className }: Props) {
  const [start, end] = splitName(name)
  return (
    <span className={[classes.name, className].filter(Boolean).join(' ')} title={name}>
      <span className={classes.whole}>{name}</span>
      <span className={classes.start} data-text={start} aria-hidden />
      {end === '' ? null : <span className={classes.end} data-text={end} aria-hidden />}
    </span>
  )
}
