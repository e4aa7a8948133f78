import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** A row that is put in by the order of its columns breaks with the first column that is added. */
const insert = /\b(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+[\w.]+\s*(?<columns>\()?/g

const insertsIn = (text: string) =>
  [...text.matchAll(insert)].map((found) => ({ sql: found[0].trim(), isNamed: Boolean(found.groups?.columns) }))

test('every row put into the database names its columns', () => {
  const own = join('build', 'named-columns.test.ts')
  const sources = ['electron', 'shared', 'e2e', 'build']
    .flatMap((area) =>
      readdirSync(join(root, area), { recursive: true, encoding: 'utf8' }).map((file) => join(area, file)),
    )
    .filter((file) => /\.(ts|mjs)$/.test(file) && file !== own)
  const inserts = sources.flatMap((file) =>
    insertsIn(readFileSync(join(root, file), 'utf8')).map((found) => ({ file, ...found })),
  )
  expect(inserts.length).toBeGreaterThan(8)
  expect(inserts.filter(({ isNamed }) => !isNamed)).toEqual([])
})

test.each([
  ['INSERT INTO chat VALUES (?)', 1],
  ['INSERT INTO chat SELECT ?', 1],
  ['INSERT OR REPLACE INTO chat\n  VALUES (?)', 1],
  ['REPLACE INTO chat VALUES (?)', 1],
  ['INSERT INTO chat (id) VALUES (?)', 0],
  ['INSERT OR IGNORE INTO chat\n  (id) SELECT ?', 0],
])('of %j so many statements are without columns: %i', (sql, count) => {
  expect(insertsIn(sql).filter(({ isNamed }) => !isNamed)).toHaveLength(count)
})
