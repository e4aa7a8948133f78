import type { Machine } from '../../../../shared/contract/machine'
import type { Pull } from '../../../../shared/contract/pulls'

export type DiskParts = {
  totalBytes: number
  freeBytes: number
  /** null: what lies there cannot be told apart. */
  modelBytes: number | null
  otherBytes: number
  /** What the pulls in the queue still bring, as far as their size is known. */
  comingBytes: number
  /** How much the coming exceeds what is free. */
  missingBytes: number
}

const coming = new Set<Pull['state']>(['waiting', 'running', 'stalled', 'verifying', 'stopped', 'failed'])

/** What a disk holds and what is on its way; null where the disk cannot be read. */
export function diskParts(machine: Machine, modelBytes: number | null, pulls: readonly Pull[]): DiskParts | null {
  const { diskTotalBytes, diskFreeBytes } = machine
  if (diskTotalBytes === null || diskFreeBytes === null) return null
  const usedBytes = diskTotalBytes - diskFreeBytes
  // The models of a server elsewhere, or simulated ones, take more than is used here: they do not lie on this disk.
  const isHere = modelBytes !== null && modelBytes <= usedBytes
  const comingBytes = pulls
    .filter(({ state }) => coming.has(state))
    .reduce((sum, { totalBytes, completedBytes }) => sum + Math.max(0, (totalBytes ?? 0) - completedBytes), 0)
  return {
    totalBytes: diskTotalBytes,
    freeBytes: diskFreeBytes,
    modelBytes: isHere ? modelBytes : null,
    otherBytes: usedBytes - (isHere ? modelBytes : 0),
    comingBytes,
    missingBytes: Math.max(0, comingBytes - diskFreeBytes),
  }
}
