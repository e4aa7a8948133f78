import { expect, test } from 'vitest'
import { serverStates } from '../../../shared/ollama/server-powers'
import { type Next, nextAfter, type Sight, type Standing } from './sight'

const columns = ['ours-answers', 'ours-is-silent', 'ours-stays-silent', 'ours-is-gone'] as const
const others = ['ollama-answers', 'other-answers', 'nobody-answers'] as const
const sights: readonly Sight[] = [...columns, ...others]

/** A row a standing, a column a sight, in the order of `sights`. */
const table = `
  looking              ready same hung ended  adopted foreign idle
  missing              ready same hung ended  adopted foreign idle
  stopped              ready same hung ended  adopted foreign idle
  starting             same  same same same   same    same    same
  ready                ready same hung ended  adopted foreign idle
  hung                 ready same hung ended  adopted foreign idle
  stopping             same  same same same   same    same    same
  crashed              ready same hung ended  adopted foreign same
  crashed-restart-due  ready same hung ended  same    same    same
  adopted              ready same hung ended  adopted foreign idle
  foreign              ready same hung ended  adopted foreign idle
`

const rows = table
  .trim()
  .split('\n')
  .map((row) => row.trim().split(/\s+/) as [Standing, ...Next[]])

const cases = rows.flatMap(([standing, ...nexts]) => sights.map((sight, place) => [standing, sight, nexts[place]]))

test.each(cases as [Standing, Sight, Next][])('%s, and %s: %s', (standing, sight, next) => {
  expect(nextAfter(standing, sight)).toBe(next)
})

test('every state is in the table', () => {
  expect(rows.map(([standing]) => standing).sort()).toEqual([...serverStates, 'crashed-restart-due'].sort())
})
