import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const tokens = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8')

const sizesOf = (kind: string) =>
  new Set([...tokens.matchAll(new RegExp(`--${kind}-[\\w-]+: ([\\d.]+px);`, 'g'))].map((match) => match[1] ?? ''))

const kinds = [
  { sizes: sizesOf('space'), property: /^(padding|margin)(-\w+)?$|^((row|column)-)?gap$/ },
  { sizes: sizesOf('type'), property: /^font-size$/ },
]

const sheets = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.css'),
)

test('a space or a size of type that has a token is read from it', () => {
  expect(kinds.every(({ sizes }) => sizes.size > 0)).toBe(true)
  expect(sheets.flatMap((sheet) => writtenOut(readFileSync(join(import.meta.dirname, sheet), 'utf8')))).toEqual([])
})

function writtenOut(sheet: string): string[] {
  return [...sheet.matchAll(/(?<![\w-])([a-z-]+):([^;{}]+);/g)].flatMap(([declaration, property = '', value = '']) => {
    const words = value.trim().split(/\s+/)
    const isToken = kinds.some((kind) => kind.property.test(property) && words.some((word) => kind.sizes.has(word)))
    return isToken ? [declaration] : []
  })
}
