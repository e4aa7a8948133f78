import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Older than this, a file's writer is gone, even where another process has its number by now. */
const freshMs = 5000

/**
 * Where simulated servers, runners and nvidia-smi meet: small JSON files, each written by one process that keeps it
 * fresh. So a runner whose server was killed still holds its memory, as a real one does.
 */
export class MachineFolder {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true })
  }

  /** Whole or not at all: readers never see half a file. */
  write(name: string, value: unknown): void {
    const file = join(this.folder, `${name}.json`)
    const temporary = `${file}.${process.pid}.new`
    try {
      writeFileSync(temporary, JSON.stringify(value))
      renameSync(temporary, file)
    } catch {
      // The folder is gone: whoever removed it wants no more of us.
    }
  }

  read<T>(name: string): T | null {
    try {
      return JSON.parse(readFileSync(join(this.folder, `${name}.json`), 'utf8')) as T
    } catch {
      return null
    }
  }

  remove(name: string): void {
    rmSync(join(this.folder, `${name}.json`), { force: true })
  }

  /** The values of all living processes of a kind, whose files are named "<kind>-<pid>.json". */
  readAll<T>(kind: string): { pid: number; value: T }[] {
    return this.#names()
      .map((name) => ({ name, pid: Number(new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1]) }))
      .filter(({ name, pid }) => pid > 0 && isAlive(pid) && this.#isFresh(name))
      .flatMap(({ name, pid }) => {
        const value = this.read<T>(name)
        return value === null ? [] : [{ pid, value }]
      })
  }

  /** Removes the files of processes that are gone. */
  tidy(): void {
    for (const name of this.#names()) {
      const pid = Number(/^[a-z]+-(\d+)$/.exec(name)?.[1])
      if (pid > 0 && !(isAlive(pid) && this.#isFresh(name))) this.remove(name)
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.slice(0, -'.json'.length))
    } catch {
      return []
    }
  }

  #isFresh(name: string) {
    const changedAtMs = statSync(join(this.folder, `${name}.json`), { throwIfNoEntry: false })?.mtimeMs ?? 0
    return Date.now() - changedAtMs < freshMs
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
