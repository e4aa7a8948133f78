/** From the slashes on: a scheme of any length before them would be tried from each of its letters. */
const credentialsInUrl = /(:\/\/)[^\s/@:]+:[^\s/@]+@/g
const bearer = /\b(Bearer\s+)[\w.~+/-]{8,}=*/gi
const key = /\bsk-[\w-]{6,}([\w-]{4})\b/g
const publicKey = /\b(ssh-ed25519 )[\w+/=]{20,}/g
const maximumLength = 16 * 1024

/**
 * Text without the secrets that servers and proxies print: credentials in URLs, bearer tokens, API keys, host keys;
 * of an endless one, its beginning.
 */
export function redact(text: string): string {
  const redacted = text
    .replace(credentialsInUrl, '$1…@')
    .replace(bearer, '$1…')
    .replace(key, 'sk-...$1')
    .replace(publicKey, '$1…')
  return redacted.length > maximumLength ? `${redacted.slice(0, maximumLength)}…` : redacted
}
