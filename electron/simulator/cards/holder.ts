import { MachineFolder } from './machine-folder'

/** What one runner holds of the cards, as nvidia-smi lists it. */
export type Holder = { name: string; cardBytes: number[] }

export const holderKind = 'runner'

const keepFreshMs = 1000
/** What CUDA itself takes of a card that a process uses. */
const contextBytes = 390 * 2 ** 20

/** Holds memory of the simulated cards for as long as this process lives. */
export function startHolding(text: string | undefined): { end(): void } {
  const { stateFolder, name, cardBytes } = JSON.parse(text ?? '{}') as Partial<Holder> & { stateFolder?: string | null }
  const folder = stateFolder ? new MachineFolder(stateFolder) : null
  const file = `${holderKind}-${process.pid}`
  const holder: Holder = {
    name: name ?? 'ollama',
    cardBytes: (cardBytes ?? []).map((bytes) => (bytes > 0 ? bytes + contextBytes : 0)),
  }
  const tell = () => folder?.write(file, holder)
  tell()
  const timer = setInterval(tell, keepFreshMs)
  return {
    end() {
      clearInterval(timer)
      folder?.remove(file)
    },
  }
}

/** What living processes hold of each card. */
export function heldBytes(folder: MachineFolder | null, cardCount: number, except: ReadonlySet<number> = new Set()) {
  const sums = Array.from({ length: cardCount }, () => 0)
  for (const { pid, value } of folder?.readAll<Holder>(holderKind) ?? []) {
    if (except.has(pid)) continue
    value.cardBytes.forEach((bytes, index) => {
      if (index < sums.length) sums[index] = (sums[index] ?? 0) + bytes
    })
  }
  return sums
}
