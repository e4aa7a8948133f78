import type { NvidiaSmiFault } from '../configuration'
import type { MachineFolder } from './machine-folder'

const file = 'nvidia-smi-fault'

/** Tells every simulated nvidia-smi, running or to come, what to do wrong; null ends it. */
export function setNvidiaSmiFault(folder: MachineFolder, fault: NvidiaSmiFault | null): void {
  if (fault) folder.write(file, fault)
  else folder.remove(file)
}

export const nvidiaSmiFault = (folder: MachineFolder | null): NvidiaSmiFault | null =>
  folder?.read<NvidiaSmiFault>(file) ?? null
