import { Skeleton } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import classes from './waiting.module.css'

type Props = {
  /** What it waits for; said after three seconds. */
  sentence: ReactNode
  /** Heights of the blocks that stand where the content will, in pixels. */
  heights?: number[]
}

/** A skeleton in the final layout: nothing jumps when the data comes. */
export function Waiting({ sentence, heights = [116, 138, 236] }: Props) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 3000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={classes.waiting} aria-busy="true">
      {heights.map((height, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks have no other name and never move
        <Skeleton key={place} height={height} radius={8} animate={false} />
      ))}
      <p className={classes.sentence} role="status">
        {isLong ? sentence : ' '}
      </p>
    </div>
  )
}
