import { existsSync } from 'node:fs'
import { app, safeStorage } from 'electron'
import { type Cipher, FileSecrets, secretsFileIn } from '../platform/file-secrets'
import type { OpenSecrets } from '../platform/secrets'

/**
 * Secrets sealed by the system's keyring. On a Linux without one there is only the file, which Corral then says: Chromium
 * would seal with a password that everybody knows (`basic_text`), and call that encryption.
 */
export const openSafeSecrets: OpenSecrets = async (ground) => {
  // Asked before Electron is ready there is no keyring; without secrets nothing waits for that.
  if (existsSync(secretsFileIn(ground.dataFolder))) await app.whenReady()
  return new FileSecrets({ ...ground, cipher: keyring })
}

const keyring: Cipher = {
  get keeping() {
    return hasKeyring() ? 'keyring' : 'file'
  },
  seal: (secret) => (hasKeyring() ? safeStorage.encryptString(secret).toString('base64') : secret),
  open(sealed) {
    try {
      return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
    } catch {
      return null
    }
  },
}

function hasKeyring(): boolean {
  if (!app.isReady() || !safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}
