import type { ModelName } from './model-name'

const sites: Record<string, ((owner: string, model: string) => string) | undefined> = {
  'registry.ollama.ai': (owner, model) =>
    owner === 'library' ? `https://ollama.com/library/${model}/tags` : `https://ollama.com/${owner}/${model}/tags`,
  'hf.co': (owner, model) => `https://huggingface.co/${owner}/${model}`,
  'huggingface.co': (owner, model) => `https://huggingface.co/${owner}/${model}`,
  'hf-mirror.com': (owner, model) => `https://hf-mirror.com/${owner}/${model}`,
  'modelscope.cn': (owner, model) => `https://modelscope.cn/models/${owner}/${model}`,
}

/** The page that shows which tags there are of a model; null where none is known. */
export const modelPage = ({ host, namespace, model }: ModelName): string | null =>
  sites[host]?.(namespace, model) ?? null
