import { describe, expect, it } from 'vitest'
import { splitThoughts, ThoughtSplitter, withTold } from './thought-splitter'

function parted(pieces: string[]) {
  const splitter = new ThoughtSplitter()
  const told = [...pieces.flatMap((piece) => splitter.take(piece)), ...splitter.end()]
  return told.reduce(withTold, { text: '', thinking: '' })
}

const fence = '```'

describe('C2: thoughts within the text', () => {
  it.each<[string, string, string, string]>([
    ['nothing of the kind', 'An answer.\n\n- a\n- b\n', '', 'An answer.\n\n- a\n- b\n'],
    ['a thought', '<think>\nplan\n</think>\n\nanswer', 'plan', 'answer'],
    [
      'with code in it',
      `<think>\nplan \`a\`\n${fence}js\nx\n${fence}\n</think>\n\nanswer`,
      `plan \`a\`\n${fence}js\nx\n${fence}`,
      'answer',
    ],
    ['in one line', '<think>plan</think>answer', 'plan', 'answer'],
    ['an empty one', '<think>\n\n</think>\n\nanswer', '', 'answer'],
    ['after blanks', '\n \n<think>plan</think>\n\n# Answer\n', 'plan', '# Answer\n'],
    ['never closed', '<think>never closed', 'never closed', ''],
    ['stopped in the closing mark', '<think>plan\n</thi', 'plan', ''],
    ['stopped in the opening mark', '<thi', '', ''],
    ['only the closing mark: the template wrote the other', 'plan\nmore\n</think>\n\nanswer', 'plan\nmore', 'answer'],
    ['only the closing mark, in one line', 'plan</think>answer', 'plan', 'answer'],
    ['a closing mark and nothing before it', '</think>\n\nanswer', '', 'answer'],
    ['two opening marks', '<think>\n<think>\nplan\n</think>\nanswer', 'plan', 'answer'],
    ['a second closing mark', '<think>plan</think>\n</think>\nanswer', 'plan', 'answer'],
    ['two thoughts', '<think>a</think>\n<think>b</think>\nanswer', 'a\n\nb', 'answer'],
    ['a thought in the middle', 'Sure.\n<think>\nplan\n</think>\n\nanswer', 'plan', 'Sure.\n\n\nanswer'],
    ['one that begins at the end of a line', 'Okay.<think>\nplan\n</think>\nanswer', 'plan', 'Okay.\nanswer'],
    ['capitals', '<Think>plan</THINK>answer', 'plan', 'answer'],
    [
      'Chinese',
      '<think>\n用户问：3~5 分钟？\n</think>\n\n**注意：**大约 3~5 分钟',
      '用户问：3~5 分钟？',
      '**注意：**大约 3~5 分钟',
    ],
    ['Windows ends of line', '<think>\r\nplan\r\n</think>\r\n\r\nanswer', 'plan', 'answer'],
    ['an answer that begins with code', '<think>a</think>\n\n    code\n', 'a', '    code\n'],
    ['Reflection', '<thinking>\nplan\n</thinking>\n\nanswer', 'plan', 'answer'],
    ['EXAONE, whose template opens it', 'plan\n</thought>\n\nanswer', 'plan', 'answer'],
    ['Seed', '<seed:think>plan</seed:think>answer', 'plan', 'answer'],
    ['Magistral', '[THINK]plan[/THINK]answer', 'plan', 'answer'],
    ['Kimi', '◁think▷plan◁/think▷answer', 'plan', 'answer'],
    ['Sky', '<|begin_of_thought|>\nplan\n<|end_of_thought|>\n\nanswer', 'plan', 'answer'],
    [
      'another mark within a thought',
      '<think>use <thinking> here</thinking></think>answer',
      'use <thinking> here</thinking>',
      'answer',
    ],
    [
      'code within a thought that shows the marks',
      `<think>e.g. \`<think>…</think>\`:\n${fence}xml\n<think>\n</think>\n${fence}\nok</think>answer`,
      `e.g. \`<think>…</think>\`:\n${fence}xml\n<think>\n</think>\n${fence}\nok`,
      'answer',
    ],
    ['code that a thought leaves open', `<think>\n${fence}js\nx\n</think>\nanswer`, `${fence}js\nx`, 'answer'],
    ['a backtick that a thought leaves open', '<think>don`t know</think>answer', 'don`t know', 'answer'],
    ['a pair in the middle of a line', 'Sure! <think>a</think>b', 'a', 'Sure! b'],
    ['a Chinese one', '好的，<think>想</think>答', '想', '好的，答'],
    ['a pair right after a word', 'Okay <think>a\nb</think>\nc', 'a\nb', 'Okay \nc'],
    ['a pair with blanks, after a sentence', 'Okay. <think> a </think> b', 'a', 'Okay.  b'],
    ['a pair of Reflection in the middle', 'Sure! <thinking>a</thinking>b', 'a', 'Sure! b'],
    ['an empty pair in the middle', 'Sure! <think></think>b', '', 'Sure! b'],
    ['two pairs in a line', 'A: <think>a</think>b, <think>c</think>d', 'a\n\nc', 'A: b, d'],
    ['a pair after marks in code', 'A `<think>` so, <think>a</think>b', 'a', 'A `<think>` so, b'],
    ['one within another', '<think>a<think>b</think>c</think>d', 'a<think>b\n\nc', 'd'],
    ['one within another, in lines', '<think>\na\n<think>\nb\n</think>\nc\n</think>\n\nd', 'a\n<think>\nb\n\nc', 'd'],
    ['one within another, in the middle', 'Sure! <think>a<think>b</think>c</think>d', 'b\n\nac', 'Sure! d'],
    ['two opened at once', '<think><think>a</think>b</think>c', 'a\n\nb', 'c'],
    ['a thought that speaks of its mark', '<think>the <think> tag, so</think>b', 'the <think> tag, so', 'b'],
    ['closed with another mark', '<think>a</thinking>b', 'a', 'b'],
    ['closed with another mark, the other way', '<thinking>a</think>b', 'a', 'b'],
    ['closed with another mark, in lines', '<think>\na\n</thinking>\n\nb', 'a', 'b'],
    ['another mark spoken of', '<think>use </thinking> here</think>b', 'use </thinking> here', 'b'],
    ['a closing mark at the end of a line', 'plan </think>\n\nanswer', 'plan', 'answer'],
    ['thoughts that speak of the mark', 'The <think> tag.\nok\n</think>\n\nanswer', 'The <think> tag.\nok', 'answer'],
    ['blanks in the marks', '<think >a</ think >b', 'a', 'b'],
    ['the mark of reasoning', '<reasoning>\na\n</reasoning>\n\nb', 'a', 'b'],
    ['full width', '＜think＞想＜／think＞答', '想', '答'],
    ['full width, with a slash that is not', '＜think＞想＜/think＞答', '想', '答'],
    ['Command A', '<|START_THINKING|>a<|END_THINKING|>b', 'a', 'b'],
  ])('%s', (_, answer, thinking, text) => {
    expect(parted([answer])).toEqual({ thinking, text })
    expect(splitThoughts(answer)).toEqual({ thinking, text })
    expect(parted([...answer])).toEqual({ thinking, text })
    for (let at = 1; at < answer.length; at++) {
      expect(parted([answer.slice(0, at), answer.slice(at)])).toEqual({ thinking, text })
    }
  })

  it.each([
    'How do I write a `<think>` tag?',
    'Write `<think>` and `</think>` around it.',
    'Write ``a ` </think>`` so.',
    `An example:\n\n${fence}xml\n<think>\nplan\n</think>\n${fence}\n\nSo.`,
    `An example:\n\n${fence}xml\n<think>\n${fence}\n`,
    `1. In a list:\n   ${fence}xml\n   <think>\n   </think>\n   ${fence}\n2. So.`,
    `~~~\n</think>\n~~~\n`,
    `${fence}markdown\n${fence}xml\n</think>\n${fence}\n</think>\n${fence}\n`,
    'The <think> tag opens it, </think> closes it.',
    'How do I write a <think> tag?',
    'How do I end a line with <think>\nand go on?',
    'Sure! <think>never closed',
    "When you write HTML, </think> isn't a tag.\nok",
    'Here is the text </think> and more about it',
    'To close use </think>',
    'To close use </think>\n',
    'To close use "</think>", so it is.',
    'Write "<think>" and "</think>", or <think>…</think>.',
    'The mark is </think>.\n\nNo other.',
    'Half of a mark: <thi',
    'a < think and b',
    'a < b and <b>bold</b> and [THINKING]',
    '    indented\n\nand so on <',
    '\n\n',
  ])('%j is text', (answer) => {
    expect(parted([answer])).toEqual({ text: answer, thinking: '' })
    expect(parted([...answer])).toEqual({ text: answer, thinking: '' })
    for (let at = 1; at < answer.length; at++) {
      expect(parted([answer.slice(0, at), answer.slice(at)])).toEqual({ text: answer, thinking: '' })
    }
  })

  it('the pieces of a real stream never show a part of a mark', () => {
    const splitter = new ThoughtSplitter()
    const pieces = ['<th', 'ink>\nplan', ' `a`\n```js\nx\n```\n', '</thi', 'nk>\n\nanswer']
    const told = [...pieces.flatMap((piece) => splitter.take(piece)), ...splitter.end()]
    expect(JSON.stringify(told)).not.toMatch(/<|nk>/)
    expect(told.at(-1)).toEqual({ of: 'text', text: 'answer' })
  })

  it('a closing mark after thoughts that the server parted is no reason to call the answer one', () => {
    const splitter = new ThoughtSplitter()
    splitter.sawThinking()
    const told = [...splitter.take('Half.\n</think>\nThe rest.'), ...splitter.end()]
    expect(told.reduce(withTold, { text: '', thinking: 'plan' })).toEqual({
      thinking: 'plan',
      text: 'Half.\n\nThe rest.',
    })
  })

  it('a long line of marks between backticks blocks nobody', () => {
    const answer = '` </think> '.repeat(16_000)
    expect(splitThoughts(answer)).toEqual({ text: answer, thinking: '' })
  })

  it('a megabyte in small pieces, and a line of it, take no longer than they should', () => {
    const splitter = new ThoughtSplitter()
    for (let count = 0; count < 100_000; count++) splitter.take(count % 50 === 0 ? 'and `more\n' : 'some <words ')
    for (let count = 0; count < 50_000; count++) splitter.take('a long `line` ')
    expect(splitter.end()).toEqual([])
  })
})
