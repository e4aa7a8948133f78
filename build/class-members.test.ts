import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const isProduction = (path: string) => /\.tsx?$/.test(path) && !/\.(test|testing|d)\.tsx?$/.test(path)

/** What a framework calls by its name. */
const calledByOthers = new Set(['componentDidCatch', 'getDerivedStateFromError', 'getDerivedStateFromProps', 'render'])

/** Methods and getters of classes that no production file names but the one that has them: knip looks at exports only. */
function unusedMembers(files: ReadonlyMap<string, string>): string[] {
  const named = new Map<string, number>()
  for (const text of files.values()) {
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) named.set(name, (named.get(name) ?? 0) + 1)
  }
  return [...files].flatMap(([path, text]) => {
    const names: string[] = []
    const { program } = parseSync(path, text)
    const note = ({ kind, key }: ESTree.MethodDefinition) => {
      if (kind !== 'constructor' && key.type === 'Identifier') names.push(key.name)
    }
    new Visitor({ MethodDefinition: note }).visit(program)
    return names.filter((name) => named.get(name) === 1 && !calledByOthers.has(name)).map((name) => `${path}: ${name}`)
  })
}

test('a method or getter that only its class names is found, whatever tests call', () => {
  const pulls =
    'export class Pulls { add() {} get count() { return 1 } #own() {} static from() { return new Pulls() } }'
  expect(unusedMembers(new Map([['pulls.ts', pulls]]))).toEqual(['pulls.ts: add', 'pulls.ts: count', 'pulls.ts: from'])
  expect(unusedMembers(new Map(Object.entries({ 'pulls.ts': pulls, 'app.ts': 'pulls.add(count, from)' })))).toEqual([])
})

test('no class has a method or getter that nothing uses', () => {
  const paths = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  const files = paths.filter(isProduction).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
  expect(unusedMembers(new Map(files))).toEqual([])
})
