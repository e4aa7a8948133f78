const program = /(?:ollama(?:\.exe)?"? runner|llama-server(?:\.exe)?"?)(?=\s+--?\w)/
const files =
  /(^|\s)(?:--(?:model|model-draft|mmproj|lora|adapter)|-md?)\s+[\s\S]*?[\\/]sha256[-:][0-9a-f]+"?(?=\s+-|\s*$)/g

/**
 * A runner's command line without what may hold anything: the path of its program, and those of files, each of which
 * ends in the digest that is the file's name.
 */
function withoutPaths(command: string): string {
  const begin = program.exec(command)
  return (begin ? command.slice(begin.index + begin[0].length) : command).replace(files, '$1')
}

/** The value of an option on a runner's command line, by the first of its names that is there; null where none is. */
export function runnerOption(command: string, ...names: string[]): string | null {
  const given = withoutPaths(command)
  for (const name of names) {
    const found = new RegExp(`(?:^|\\s)${name} (\\S+)`).exec(given)?.[1]
    if (found !== undefined) return found
  }
  return null
}

export const runnerParallel = (command: string) => runnerOption(command, '--parallel', '-np')

/** Tokens that one request may have. Both versions give a runner the sum over all its slots. */
export function runnerContext(command: string): number | null {
  const total = Number(runnerOption(command, '--ctx-size', '-c') ?? Number.NaN)
  const parallel = Number(runnerParallel(command) ?? 1)
  return Number.isFinite(total) && parallel > 0 ? Math.floor(total / parallel) : null
}
