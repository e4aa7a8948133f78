/** A process told by more than its number, which the system gives to another one later. */
export type KnownProcess = {
  pid: number
  /** When it began, as the system notes it: with the pid it names one process, whatever it executes since. */
  mark: string
}

export type RunningProcess = KnownProcess & {
  parentPid: number
  /** The process group, by its leader's pid; null where the system has none. */
  groupId: number | null
  command: string
}
