type Seen<State> = { state: State; exit: { reason: string } | null }

/** The state of a server in a word: what ended unseen is not called a crash. */
export const serverWord = <State extends string>({ state, exit }: Seen<State>): State | 'ended' =>
  state === 'crashed' && exit?.reason === 'unseen' ? 'ended' : state
