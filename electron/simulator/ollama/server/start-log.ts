import type { Configuration } from '../../configuration'
import { goBytes, trimmed } from '../manners/go-values'
import type { Log } from '../manners/log'
import type { ServeSettings } from '../manners/serve-settings'
import { isOldStyle } from '../manners/version-style'
import { freeCardBytes, totalCardBytes } from '../scheduling/card-memory'

/** A value that could not be read is warned of each time it is read. */
export function warnOfInvalidPort(log: Log, settings: ServeSettings, times: number): void {
  const { invalidPort, port } = settings.address
  for (let time = 0; time < times; time++) {
    if (invalidPort !== null) {
      log.warnAt({ old: 'config.go:45', new: 'config.go:51' }, 'invalid port, using default', {
        port: invalidPort,
        default: port,
      })
    }
  }
}

export function warnOfInvalidCounts(log: Log, settings: ServeSettings, times: number): void {
  for (let time = 0; time < times; time++) {
    for (const { key, value, fallback } of settings.invalid) {
      log.warnAt({ old: 'config.go:192', new: 'config.go:263' }, 'invalid environment variable, using default', {
        key,
        value,
        default: fallback,
      })
    }
  }
}

/** The new server doubts whoever hides cards from it. */
export function sayVisibleOverride(log: Log): void {
  const names = ['CUDA_VISIBLE_DEVICES', 'HIP_VISIBLE_DEVICES', 'ROCR_VISIBLE_DEVICES', 'GGML_VK_VISIBLE_DEVICES']
  const set = names.flatMap((name) => (trimmed(process.env[name]) ? [{ name, value: trimmed(process.env[name]) }] : []))
  for (const { name, value } of set) log.warn('runner.go:722', 'user overrode visible devices', { [name]: value })
  if (set.length > 0) log.warn('runner.go:726', 'if GPUs are not correctly discovered, unset and try again')
}

/** What the search for cards says at its end, and the context length that follows from them. */
export function sayCards(log: Log, configuration: Configuration, settings: ServeSettings): void {
  const { version, hostMemoryGibibytes } = configuration
  const old = isOldStyle(version)
  const hostTotal = `${hostMemoryGibibytes.toFixed(1)} GiB`
  const hostFree = `${(hostMemoryGibibytes - 0.6).toFixed(1)} GiB`
  const cards = settings.visibleCards.flatMap((index) => configuration.cards[index] ?? [])
  if (cards.length === 0) {
    if (old) log.info('gpu.go:377', 'no compatible GPUs were discovered')
    log.infoAt(
      { old: 'types.go:130', new: 'types.go:50' },
      'inference compute',
      old
        ? {
            id: 0,
            library: 'cpu',
            variant: '',
            compute: '',
            driver: '0.0',
            name: '',
            total: hostTotal,
            available: hostFree,
          }
        : {
            id: 'cpu',
            library: 'cpu',
            compute: '',
            name: 'cpu',
            description: 'cpu',
            libdirs: 'ollama',
            driver: '',
            pci_id: '',
            type: '',
            total: hostTotal,
            available: hostFree,
          },
    )
  }
  cards.forEach((card, index) => {
    const total = goBytes(totalCardBytes(card, old))
    const available = goBytes(freeCardBytes(card))
    log.infoAt(
      { old: 'types.go:130', new: 'types.go:32' },
      'inference compute',
      old
        ? {
            id: card.uuid,
            library: 'cuda',
            variant: 'v12',
            compute: '8.9',
            driver: '13.0',
            name: card.name,
            total,
            available,
          }
        : {
            id: index,
            filter_id: settings.visibleCards[index] ?? index,
            library: 'CUDA',
            compute: '8.9',
            name: `CUDA${index}`,
            description: card.name,
            libdirs: 'ollama,cuda_v13',
            driver: '13.0',
            pci_id: `0000:0${(settings.visibleCards[index] ?? index) + 1}:00.0`,
            type: 'discrete',
            total,
            available,
          },
    )
  })
}
