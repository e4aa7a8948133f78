/**
 * Where each room of the project stands, and what may be imported from where. `floors.test.ts` reads every import of
 * the project and holds it against this page.
 */
export type House = {
  /** The folder whose files live in it. A house may stand in a room of another one: then both tables hold. */
  folder: string
  /**
   * From the roof to the ground: a file may import its own room and the rooms of every floor below. A room is a folder
   * or one file; `*` makes a room of each folder there.
   */
  floors: readonly (readonly string[])[]
  /** The folders of other houses that it may look into, whatever floor they are on there. */
  sees: readonly string[]
  /** Packages that its files may import: all of these and no others, or all but these. */
  packages: { only: readonly string[] } | { never: readonly string[] }
}

export const houses: readonly House[] = [
  {
    folder: 'electron/',
    floors: [
      ['electron/main.ts', 'electron/preload.ts', 'electron/headless.ts', 'electron/cli.ts'],
      ['electron/shell/', 'electron/web/', 'electron/terminal/'],
      ['electron/app.ts', 'electron/launch-options.ts', 'electron/content-policy.ts'],
      ['electron/compose/'],
      ['electron/router.ts'],
      ['electron/ports/'],
      ['electron/services/*/', 'electron/simulator/', 'electron/host.ts'],
      ['electron/wire/', 'electron/process/'],
      ['electron/platform/'],
    ],
    sees: ['shared/'],
    packages: { never: ['react', 'react-dom'] },
  },
  {
    // What it knows of Ollama is written down a second time, so that the services are tested against a witness.
    folder: 'electron/simulator/',
    floors: [
      ['electron/simulator/ollama.ts', 'electron/simulator/nvidia-smi.ts', 'electron/simulator/programs.ts'],
      ['electron/simulator/ollama/'],
      ['electron/simulator/cards/'],
      ['electron/simulator/engine/', 'electron/simulator/http/'],
      ['electron/simulator/configuration.ts'],
    ],
    sees: ['electron/process/'],
    packages: { only: ['node:'] },
  },
  {
    folder: 'electron/simulator/ollama/',
    floors: [
      ['electron/simulator/ollama/server/'],
      ['electron/simulator/ollama/api/'],
      ['electron/simulator/ollama/answers/'],
      ['electron/simulator/ollama/log/'],
      ['electron/simulator/ollama/scheduling/'],
      ['electron/simulator/ollama/models/'],
      ['electron/simulator/ollama/manners/'],
    ],
    sees: ['electron/simulator/'],
    packages: { only: ['node:'] },
  },
  {
    folder: 'renderer/',
    floors: [
      ['renderer/main.tsx'],
      ['renderer/frame/'],
      ['renderer/views/*/'],
      ['renderer/parts/'],
      ['renderer/stores/', 'renderer/charts/'],
      ['renderer/actions/', 'renderer/format/'],
      ['renderer/places/', 'renderer/connection/', 'renderer/components/'],
      ['renderer/i18n/', 'renderer/theme.ts'],
    ],
    sees: ['shared/'],
    packages: { never: ['node:', 'electron', 'execa', 'ws', 'libsql'] },
  },
  {
    folder: 'shared/',
    floors: [
      ['shared/contract/'],
      ['shared/measure/', 'shared/ollama/', 'shared/chat/', 'shared/gpus/', 'shared/spend/', 'shared/requests/'],
      ['shared/backends/'],
      ['shared/failure.ts'],
    ],
    sees: [],
    packages: { only: ['zod', '@orpc/contract', 'big.js'] },
  },
]

/** The only files that may import `electron`. */
export const electronFiles: readonly string[] = [
  'electron/main.ts',
  'electron/preload.ts',
  'electron/shell/',
  'electron/ports/message-port.ts',
]

/** Arrows that the floors would allow and that are not wanted. `typesOnly`: a type may go where a value may not. */
export const closed: readonly { from: string; to: string; typesOnly?: true; why: string }[] = [
  { from: 'renderer/', to: 'shared/contract/', typesOnly: true, why: 'the page takes only types from the contract' },
  { from: 'renderer/charts/', to: 'renderer/connection/', why: 'a chart knows no host' },
]

export type Door = { from: string; to: string; why: string }

/** Arrows that the floors forbid and that have a reason. */
export const doors: readonly Door[] = []
