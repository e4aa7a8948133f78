import type { BenchLive } from '../../../../shared/contract/bench'

/** A run of one stream asks how fast it is written, all others what the streams get together. */
export const isAlone = ({ plan }: Pick<BenchLive, 'plan'>) => plan.concurrency.every((streams) => streams === 1)
