/** Ends as a Go program that panics. */
export function panic(text: string, code = 2): never {
  process.stderr.write(
    `panic: ${text}\n\ngoroutine 1 [running]:\nmain.main()\n\t/go/src/github.com/ollama/ollama/main.go:12 +0x1d\n`,
  )
  process.exit(code)
}

/** Ends as a command that failed. */
export function fail(text: string): never {
  process.stderr.write(`Error: ${text}\n`)
  process.exit(1)
}

/** Why an address cannot be listened on, in Go's words. */
export function bindProblem(error: NodeJS.ErrnoException, host: string, address: string): string {
  const problems: Record<string, string> = {
    EADDRINUSE: 'bind: address already in use',
    EACCES: 'bind: permission denied',
    EADDRNOTAVAIL: 'bind: cannot assign requested address',
  }
  const known = problems[error.code ?? '']
  return known ? `listen tcp ${address}: ${known}` : `listen tcp: lookup ${host}: no such host`
}

export function folderProblem(error: NodeJS.ErrnoException): string {
  const words: Record<string, string> = {
    ENOTDIR: 'not a directory',
    EROFS: 'read-only file system',
    EACCES: 'permission denied',
    EEXIST: 'not a directory',
  }
  return `mkdir ${error.path ?? ''}: ${words[error.code ?? ''] ?? 'permission denied'}`
}
