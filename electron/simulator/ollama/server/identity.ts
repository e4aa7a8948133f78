import { existsSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * A first start makes a key and says so on stdout. A mark in the models folder stands for the key: a false one in the
 * user's home would be taken up by a real Ollama.
 */
export function announceFirstStart(modelsFolder: string): void {
  const mark = join(modelsFolder, '.simulated-key')
  if (existsSync(mark)) return
  try {
    writeFileSync(mark, '')
  } catch {
    return
  }
  const home = process.env.HOME ?? process.env.USERPROFILE ?? homedir()
  process.stdout.write(
    `Couldn't find '${join(home, '.ollama', 'id_ed25519')}'. Generating new private key.\nYour new public key is: \n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAISimulatedKeyThatOpensNothing0000000000000\n\n`,
  )
}
