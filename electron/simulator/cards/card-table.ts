import { type Configuration, type NvidiaSmiFault, readConfiguration } from '../configuration'
import { CardSensors, type SensorState } from './card-sensors'
import { type CardRow, fieldOf } from './fields'
import { type Holder, heldBytes, holderKind } from './holder'
import { MachineFolder } from './machine-folder'
import { nvidiaSmiFault } from './nvidia-smi-fault'
import { type CardWork, workKind } from './work-report'

const sensorsFile = 'sensors'

/** The simulated cards as one nvidia-smi sees them: what the servers and runners of the machine make of them. */
export class CardTable {
  readonly configuration: Configuration = readConfiguration()
  readonly branch = Number(this.configuration.nvidiaSmiVersion.split('.')[0])
  readonly #folder = this.configuration.stateFolder ? new MachineFolder(this.configuration.stateFolder) : null
  readonly #sensors: CardSensors[]

  constructor() {
    const last = this.#folder?.read<SensorState[]>(sensorsFile)
    this.#sensors = this.configuration.cards.map((card, index) => new CardSensors(card, last?.[index] ?? null))
  }

  get fault(): NvidiaSmiFault | null {
    return nvidiaSmiFault(this.#folder) ?? this.configuration.faults.nvidiaSmi ?? null
  }

  /** All cards' readings of this moment. */
  read(): CardRow[] {
    const { cards, nvidiaSmiVersion } = this.configuration
    const used = heldBytes(this.#folder, cards.length)
    const work = cards.map(() => ({ busyShare: 0, effortShare: 0 }))
    for (const { value } of this.#folder?.readAll<CardWork[]>(workKind) ?? []) {
      work.forEach((sum, index) => {
        sum.busyShare = Math.min(1, sum.busyShare + (value[index]?.busyShare ?? 0))
        sum.effortShare = Math.min(1, sum.effortShare + (value[index]?.effortShare ?? 0))
      })
    }
    const rows = cards.flatMap((card, index) => {
      const reading = this.#sensors[index]?.read(work[index] ?? { busyShare: 0, effortShare: 0 }, used[index] ?? 0)
      return reading ? [{ card, index, cardCount: cards.length, driverVersion: nvidiaSmiVersion, reading }] : []
    })
    this.#folder?.write(
      sensorsFile,
      this.#sensors.map((sensors) => sensors.state),
    )
    return rows
  }

  /** The first of these names that this driver does not know. */
  unknownField(names: readonly string[]): string | null {
    const { fault } = this
    const isHidden = (name: string) => fault?.kind === 'unknown-fields' && fault.fields.includes(name)
    return names.find((name) => fieldOf(name, this.branch) === null || isHidden(name)) ?? null
  }

  /** Who holds memory of which card. */
  holders(): { pid: number; holder: Holder }[] {
    return (this.#folder?.readAll<Holder>(holderKind) ?? []).map(({ pid, value }) => ({ pid, holder: value }))
  }
}
