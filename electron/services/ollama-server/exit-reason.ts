import type { ServerExit } from '../../../shared/contract/server'

type Exit = { code: number | null; signal: string | null; error: Error | null; lastLines: readonly string[] }

/** Why a server ended that nobody asked to: from its code and its last words (the texts: ollama.md, 5). */
export function exitReason({ code, signal, error, lastLines }: Exit): ServerExit['reason'] {
  const said = lastLines.join('\n')
  if (/listen tcp .*: bind: (address already in use|Only one usage)/.test(said)) return 'port-taken'
  if (/panic: \$HOME is not defined/.test(said)) return 'no-home'
  if (/panic: (bad origin|only one \* is allowed)/.test(said)) return 'bad-origin'
  if (/Error: (listen tcp .*permission denied|mkdir |could not create directory)/.test(said)) {
    return 'permission'
  }
  if (/Error: listen tcp[ :]/.test(said)) return 'bad-address'
  if (signal === 'SIGKILL') return 'killed'
  if (/\bpanic: |fatal error: /.test(said)) return /out of memory/.test(said) ? 'out-of-memory' : 'panic'
  if (code === 0) return 'stopped-by-other'
  if (code === null && signal === null && error === null) return 'unseen'
  return 'unknown'
}
