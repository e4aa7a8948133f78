import { useEffect, useRef, useState } from 'react'
import type { LogHistogram, LogLevel } from '../../../../shared/contract/server-log'
import { filterOf, logSummary, readLogHistogram } from '../../../stores/server-log'

const stepCount = 100
const pauseMs = 1000

/** When the lines were said; read again while the log grows, once a second at most. */
export function useLogHistogram(level: LogLevel | null): LogHistogram | null {
  const lastNumber = logSummary.useValue()?.lastNumber ?? 0
  const [histogram, setHistogram] = useState<LogHistogram | null>(null)
  const readAtMs = useRef(0)
  const wanted = useRef<LogLevel | null>(level)
  useEffect(() => {
    wanted.current = level
    readAtMs.current = 0
  }, [level])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what it waits for
  useEffect(() => {
    const read = async () => {
      readAtMs.current = Date.now()
      const answer = await readLogHistogram({ ...filterOf(level), stepCount })
      if (wanted.current === level) setHistogram(answer)
    }
    const timer = setTimeout(
      () => void read().catch(() => {}), // the banner of a lost host says it
      Math.max(0, readAtMs.current + pauseMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [level, lastNumber])
  return histogram
}
