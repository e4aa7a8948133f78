/** Names that fail on purpose, for a hand that wants to see each failure: pull them and see. */
export const failingNames: Record<string, string> = {
  'fails:no-space': 'write /models/blobs/sha256-0000-partial: no space left on device',
  'fails:no-network':
    'pull model manifest: Get "https://registry.ollama.ai/v2/library/fails/manifests/no-network": dial tcp: lookup registry.ollama.ai: no such host',
  'fails:unauthorised': 'pull model manifest: unauthorized: access denied',
  'fails:too-old': `pull model manifest: 412: ${newerVersionNeeded()}`,
  'fails:damaged': `digest mismatch, file must be downloaded again: want sha256:${'a'.repeat(64)}, got sha256:${'b'.repeat(64)}`,
  'fails:retries': 'max retries exceeded: Get "https://registry.ollama.ai/v2/library/fails/blobs/sha256:0": EOF',
}

/** What a registry says to a server that is too old for a model. */
export function newerVersionNeeded(): string {
  return '\n\nThe model you are attempting to pull requires a newer version of Ollama.\n\nPlease download the latest version at:\n\n\thttps://ollama.com/download\n\n'
}
