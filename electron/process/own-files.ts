import { existsSync } from 'node:fs'

type Command = { file: string; commandArguments: readonly string[] }

/** Closes all but the three standard streams, then becomes the program: same pid, same arguments. */
const closing = 'cd /dev/fd && for held in *; do [ "$held" -gt 2 ] && eval "exec $held>&-"; done; cd "$0" && exec "$@"'

const shell = ['/bin/bash', '/usr/bin/bash'].find((file) => existsSync(file))

/**
 * Keeps our files from a child. Chromium leaves its sockets and caches open to whatever Electron starts, and a server
 * that outlives us would keep Chromium's helpers alive with them; Node by itself closes what it opened.
 */
export function withoutOwnFiles(file: string, commandArguments: readonly string[]): Command {
  if (!process.versions.electron || process.platform === 'win32' || !shell) return { file, commandArguments }
  return { file: shell, commandArguments: ['-p', '-c', closing, process.cwd(), file, ...commandArguments] }
}
