/** Something that can be run: a real binary, or a script of ours run by our own Node. */
export type Program = {
  /** Absolute path of the executable. */
  file: string
  /** Arguments that come before the caller's own, such as the script a Node runs. */
  leadingArguments: string[]
  /** Variables this program needs in addition to the caller's. */
  environment: Record<string, string>
}

export const binary = (file: string): Program => ({ file, leadingArguments: [], environment: {} })

/** A bundled script run by the Node (or Electron) that runs us. */
export const bundledScript = (file: string): Program => ({
  file: process.execPath,
  leadingArguments: [file],
  environment: { ELECTRON_RUN_AS_NODE: '1' },
})
