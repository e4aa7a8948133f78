/** How a model that was not told otherwise writes down what it thinks, in the text of its answer. */
export type ThoughtMark = {
  open: string
  close: string
  /** Templates that end with the opening mark leave only the closing one in the text. */
  isOpenedByTemplate: boolean
  /** Some think again in the middle of an answer: there one needs no closing mark where it begins a line. */
  isAnywhere: boolean
}

/** DeepSeek, Qwen, GLM, MiniMax; Reflection; EXAONE Deep; Seed-OSS; Magistral; Kimi-VL; Sky-T1; Command A. */
export const thoughtMarks: readonly ThoughtMark[] = [
  { open: '<think>', close: '</think>', isOpenedByTemplate: true, isAnywhere: true },
  { open: '<thinking>', close: '</thinking>', isOpenedByTemplate: false, isAnywhere: false },
  { open: '<thought>', close: '</thought>', isOpenedByTemplate: true, isAnywhere: false },
  { open: '<reasoning>', close: '</reasoning>', isOpenedByTemplate: true, isAnywhere: false },
  { open: '<seed:think>', close: '</seed:think>', isOpenedByTemplate: true, isAnywhere: true },
  { open: '[THINK]', close: '[/THINK]', isOpenedByTemplate: false, isAnywhere: false },
  { open: '◁think▷', close: '◁/think▷', isOpenedByTemplate: true, isAnywhere: false },
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>', isOpenedByTemplate: false, isAnywhere: false },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>', isOpenedByTemplate: true, isAnywhere: false },
]

/** A mark in a text; it begins at `at`. */
export type FoundMark = { mark: ThoughtMark; kind: 'open' | 'close'; at: number; text: string }

const written = thoughtMarks.flatMap((mark) => [
  { mark, kind: 'open' as const, atoms: atomsOf(mark.open) },
  { mark, kind: 'close' as const, atoms: atomsOf(mark.close) },
])
const whole = new RegExp(written.map(({ atoms }) => `(${atoms.join('')})`).join('|'), 'i')
const begun = new RegExp(written.map(({ atoms }) => prefixOf(atoms)).join('|'), 'i')
const longest = 40 // with all the blanks that may stand in one

/** The characters of a mark as patterns: of a tag, of full width too and with blanks inside. */
function atomsOf(mark: string): string[] {
  const isTag = /^<\/?\w/.test(mark)
  return [...mark].flatMap((character) => {
    if (character === '<') return isTag ? ['[<＜]', '[ \\t]{0,4}'] : ['[<＜]']
    if (character === '/') return isTag ? ['[/／]', '[ \\t]{0,4}'] : ['[/／]']
    if (character === '>') return isTag ? ['[ \\t]{0,4}', '[>＞]'] : ['[>＞]']
    if (character === '|') return ['[|｜]']
    return [character.replace(/[[\]]/, '\\$&')]
  })
}

function prefixOf(atoms: string[]): string {
  return atoms.reduceRight((rest, atom) => `${atom}(?:$${rest && `|${rest}`})`, '')
}

/** The first mark in a text, in capitals or not. */
export function firstMark(text: string): FoundMark | null {
  const match = whole.exec(text)
  const found = match && written[match.slice(1).findIndex((group) => group !== undefined)]
  return match && found ? { mark: found.mark, kind: found.kind, at: match.index, text: match[0] } : null
}

/** Where the end of a text may become a mark with what comes next; its length where it cannot. */
export function partialMarkAt(text: string): number {
  const from = Math.max(0, text.length - longest)
  const match = begun.exec(text.slice(from))
  return match ? from + match.index : text.length
}

const isPlainTag = ({ open }: ThoughtMark) => /^<\w+>$/.test(open)

/** Whether the closing mark of the one ends what the other has opened: models take one tag for another. */
export function closes(closing: ThoughtMark, opening: ThoughtMark): boolean {
  return closing === opening || (isPlainTag(closing) && isPlainTag(opening))
}
