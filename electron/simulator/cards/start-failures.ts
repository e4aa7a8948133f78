import type { NvidiaSmiFault } from '../configuration'

/** How nvidia-smi ends before it has asked any card: the texts are on stdout. */
export type StartFailure = { code: number; text: string }

/** Failures of the driver as a whole: gpu.md, 1.5. */
export function driverFailure(fault: NvidiaSmiFault | null, version: string, branch: number): StartFailure | null {
  switch (fault?.kind) {
    case 'no-driver':
      return {
        code: 9,
        text: "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n\n",
      }
    case 'version-mismatch':
      return {
        code: branch < 535 ? 255 : 18,
        text: `Failed to initialize NVML: Driver/library version mismatch\n${branch < 535 ? '' : `NVML library version: ${version.split('.').slice(0, 2).join('.')}\n`}`,
      }
    case 'init-unknown':
      return { code: 255, text: 'Failed to initialize NVML: Unknown Error\n' }
    case 'os-blocked':
      return { code: 17, text: 'Failed to initialize NVML: GPU access blocked by the operating system\n' }
    case 'no-permission':
      return {
        code: 4,
        text: 'No devices were found. Please make sure /dev/nvidia* files are readable by current user.\n',
      }
    default:
      return null
  }
}

/** A card that cannot be opened: up to 550 it takes all others with it, since 580 it is left out with a word on stderr. */
export function cardFailure(fault: NvidiaSmiFault | null, branch: number) {
  const texts: Record<string, { code: number; text: string }> = {
    'lost-card': { code: 15, text: 'GPU is lost.  Reboot the system to recover this GPU\n\n\n' },
    'card-needs-reset': { code: 255, text: 'A GPU reset must occur before this GPU can be used again.\n\n.\n' },
    'card-unknown-error': { code: 255, text: 'Unknown Error\n' },
  }
  const known = fault ? texts[fault.kind] : undefined
  if (!fault || !known || !('index' in fault)) return null
  const { index } = fault
  const name = branch < 535 ? `GPU ${index}` : branch < 580 ? `GPU${index}` : `GPU${index}: ${index}`
  return {
    index,
    code: known.code,
    text: `Unable to determine the device handle for ${name}: ${known.text}`,
    endsAll: branch < 580,
  }
}
