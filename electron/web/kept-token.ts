import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../platform/logger'
import type { Redactor } from '../platform/redactor'

type Needs = {
  dataFolder: string
  redactor: Pick<Redactor, 'know'>
  logger: Logger
  /** The links given out so far shall open nothing any more. */
  isRenewed: boolean
}

export const tokenFileIn = (dataFolder: string) => join(dataFolder, 'web-token')

const tokenBytes = 32
const wholeToken = /^[\w-]{43}\n?$/
const longestFile = 64

/** The token of the web host's link. It outlives a restart, in a file that its owner alone may read and write. */
export function keptToken({ dataFolder, redactor, logger, isRenewed }: Needs): string {
  const file = tokenFileIn(dataFolder)
  const kept = isRenewed ? null : read(file, logger)
  const token = kept ?? randomBytes(tokenBytes).toString('base64url')
  redactor.know(token)
  if (kept === null) keep(file, token, logger)
  return token
}

/** Null where there is none, or where somebody else may know it or have put it there. */
function read(file: string, logger: Logger): string | null {
  let descriptor: number
  try {
    // Windows has no such flag; its links need rights of their own.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') logger.warn('the token of the link is not read', error)
    return null
  }
  try {
    const { mode, uid, nlink } = fstatSync(descriptor)
    const isOnlyOurs = process.platform === 'win32' || ((mode & 0o177) === 0 && uid === process.geteuid?.())
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || nlink !== 1 || !isOnlyOurs) {
      logger.warn('others may know the token of the link: it is renewed', { mode: mode.toString(8), uid, nlink })
      return null
    }
    const bytes = Buffer.alloc(longestFile)
    const text = bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, longestFile, 0))
    return wholeToken.test(text) ? text.trimEnd() : null
  } finally {
    closeSync(descriptor)
  }
}

/** Written beside it and moved: whatever lies there is replaced, never written into. */
function keep(file: string, token: string, logger: Logger) {
  const next = `${file}.new`
  try {
    rmSync(next, { force: true })
    const descriptor = openSync(next, 'wx', 0o600)
    try {
      writeSync(descriptor, `${token}\n`)
    } finally {
      closeSync(descriptor)
    }
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    logger.warn('the token of the link could not be kept: the next start makes another', error)
  }
}
