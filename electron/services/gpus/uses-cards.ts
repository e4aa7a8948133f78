import { existsSync, readdirSync } from 'node:fs'
import type { Gpus } from '../../../shared/contract/gpus'
import { cardsTold } from '../../../shared/ollama/cards-told'

type Evidence = {
  gpus: Pick<Gpus, 'state' | 'cards' | 'isSimulated'>
  /** What our server has said since it started; nothing of a server that is not ours. */
  log: readonly { text: string }[]
}

/**
 * Whether the server has cards to put models on. It says so itself; of one whose log cannot be read, only a machine
 * without any card is sure: Corral sees no cards but NVIDIA's, and where others may be it does not know.
 */
export function usesCards({ gpus, log }: Evidence, mayHaveOthers = mayHaveOtherCards): boolean | null {
  const told = cardsTold(log)
  if (told !== null) return told
  return gpus.state === 'absent' && gpus.cards.length === 0 && !gpus.isSimulated && !mayHaveOthers() ? false : null
}

/** Whether a card of another maker may be here, as far as a look at Linux's devices tells. */
function mayHaveOtherCards(): boolean {
  if (process.platform !== 'linux') return true
  if (existsSync('/dev/kfd') || existsSync('/dev/nvidiactl') || existsSync('/dev/dxg')) return true
  try {
    return readdirSync('/dev/dri').some((device) => device.startsWith('renderD'))
  } catch {
    return false
  }
}
