const credentialsInUrl = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi
const bearer = /\b(Bearer\s+)[\w.~+/-]{8,}=*/gi
const key = /\bsk-[\w-]{6,}([\w-]{4})\b/g
const publicKey = /\b(ssh-ed25519 )[\w+/=]{20,}/g

/** Text without the secrets that servers and proxies print: credentials in URLs, bearer tokens, API keys, host keys. */
export function redact(text: string): string {
  return text
    .replace(credentialsInUrl, '$1…@')
    .replace(bearer, '$1…')
    .replace(key, 'sk-...$1')
    .replace(publicKey, '$1…')
}
