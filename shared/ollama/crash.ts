import { says, saysOneOf } from './known-lines'

/** A line with which the report of a crash begins; what follows belongs to it. */
export const beginsCrash = saysOneOf('server-panics', 'native-crash', 'stack-trace')

/** Whether these words are those of a crash in C code: before Go could panic, or in its place. */
export function endsInNativeCode(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => says('server-panics', line) || says('native-crash', line))
  const line = lines[first]
  return line !== undefined && says('native-crash', line)
}
