/** What was sent when, for whoever checks a client's clock against ours: deadlines on this process's performance.now(). */
export type SentRecord = {
  promptTokens: number
  arrivedAtMs: number
  /** When the runner began with it: after the load and the wait for a slot. */
  beganAtMs: number
  prefilledAtMs: number
  tokenDueAtMs: number[]
}

const kept = 400

/** The latest answers in the order their requests arrived. */
export class SentRecords {
  readonly all: SentRecord[] = []

  begin(): SentRecord {
    const record = { promptTokens: 0, arrivedAtMs: performance.now(), beganAtMs: 0, prefilledAtMs: 0, tokenDueAtMs: [] }
    this.all.push(record)
    if (this.all.length > kept) this.all.shift()
    return record
  }

  forget(record: SentRecord): void {
    const place = this.all.indexOf(record)
    if (place >= 0) this.all.splice(place, 1)
  }
}
