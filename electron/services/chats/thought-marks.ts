/** How a model that was not told otherwise writes down what it thinks, in the text of its answer. */
export type ThoughtMark = {
  open: string
  close: string
  /** Templates that end with the opening mark leave only the closing one in the text. */
  isOpenedByTemplate: boolean
  /** Some think again in the middle of an answer; of the others a mark there is text. */
  isAnywhere: boolean
}

/** DeepSeek, Qwen, GLM, MiniMax; Reflection; EXAONE Deep; Seed-OSS; Magistral; Kimi-VL; Sky-T1. */
export const thoughtMarks: readonly ThoughtMark[] = [
  { open: '<think>', close: '</think>', isOpenedByTemplate: true, isAnywhere: true },
  { open: '<thinking>', close: '</thinking>', isOpenedByTemplate: false, isAnywhere: false },
  { open: '<thought>', close: '</thought>', isOpenedByTemplate: true, isAnywhere: false },
  { open: '<seed:think>', close: '</seed:think>', isOpenedByTemplate: true, isAnywhere: true },
  { open: '[THINK]', close: '[/THINK]', isOpenedByTemplate: false, isAnywhere: false },
  { open: '◁think▷', close: '◁/think▷', isOpenedByTemplate: true, isAnywhere: false },
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>', isOpenedByTemplate: false, isAnywhere: false },
]

/** A mark in a text; it begins at `at`. */
export type FoundMark = { mark: ThoughtMark; kind: 'open' | 'close'; at: number; text: string }

const written = thoughtMarks.flatMap((mark) => [
  { mark, kind: 'open' as const, text: mark.open.toLowerCase() },
  { mark, kind: 'close' as const, text: mark.close.toLowerCase() },
])
const anyOf = new RegExp(written.map(({ text }) => text.replace(/[[\]|]/g, '\\$&')).join('|'), 'i')
const longest = Math.max(...written.map(({ text }) => text.length))

/** The first mark in a text, in capitals or not. */
export function firstMark(text: string): FoundMark | null {
  const match = anyOf.exec(text)
  const found = match && written.find(({ text: other }) => other === match[0].toLowerCase())
  return match && found ? { mark: found.mark, kind: found.kind, at: match.index, text: match[0] } : null
}

/** Where the end of a text may become a mark with what comes next; its length where it cannot. */
export function partialMarkAt(text: string): number {
  for (let at = Math.max(0, text.length - longest); at < text.length; at++) {
    const end = text.slice(at).toLowerCase()
    if (written.some((mark) => mark.text.startsWith(end))) return at
  }
  return text.length
}
