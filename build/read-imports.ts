import { posix } from 'node:path'
import { parseSync } from 'vite'

/** What a file imports. `target`: a path in the tree, a package, or null where no reader can tell. */
export type Import = { target: string | null; isPackage: boolean; isTypeOnly: boolean }

const endings = ['', '.ts', '.tsx', '.mjs', '.cjs', '/index.ts', '/index.tsx']

/** All imports of a file: of values and of types, re-exported ones, dynamic ones, and those inside a type. */
export function importsOf(path: string, text: string, has: (path: string) => boolean): Import[] {
  const { program, module, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const found: Import[] = []
  const add = (specifier: string | null, isTypeOnly: boolean) => found.push(located(path, specifier, isTypeOnly, has))
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType))
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType)
  }
  // The tree itself is slow to read: only for what the list above leaves out.
  if (/\bimport\s*\(|\brequire\b|\bimport\.meta\.glob\b/.test(text)) {
    for (const { specifier, isTypeOnly } of insideOf(program)) add(specifier, isTypeOnly)
  }
  return found
}

function located(path: string, specifier: string | null, isTypeOnly: boolean, has: (path: string) => boolean): Import {
  if (specifier === null) return { target: null, isPackage: false, isTypeOnly }
  if (!specifier.startsWith('.')) return { target: specifier, isPackage: true, isTypeOnly }
  const plain = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''))
  const target = endings.map((ending) => plain + ending).find(has) ?? plain
  return { target, isPackage: false, isTypeOnly }
}

type Found = { specifier: string | null; isTypeOnly: boolean }
type Syntax = { type?: string; [field: string]: unknown }

/** `import('x')` as a value and as a type, `import x = require('x')`, `require('x')` and `import.meta.glob('x')`, or of a list. */
function insideOf(syntax: unknown): Found[] {
  if (Array.isArray(syntax)) return syntax.flatMap(insideOf)
  if (typeof syntax !== 'object' || syntax === null) return []
  const { type, ...fields } = syntax as Syntax
  const inner = Object.values(fields).flatMap(insideOf)
  if (type === 'ImportExpression') return [{ specifier: wordOf(fields.source), isTypeOnly: false }, ...inner]
  if (type === 'TSImportType') return [{ specifier: wordOf(fields.source), isTypeOnly: true }, ...inner]
  if (type === 'TSExternalModuleReference') {
    return [{ specifier: wordOf(fields.expression), isTypeOnly: false }, ...inner]
  }
  if (type === 'CallExpression' && isLoader(fields.callee as Syntax)) {
    const [asked] = fields.arguments as Syntax[]
    const patterns = asked?.type === 'ArrayExpression' ? (asked.elements as unknown[]) : [asked]
    // One that begins with ! leaves files out.
    const words = patterns.map(wordOf).filter((word) => !word?.startsWith('!'))
    return [...words.map((specifier) => ({ specifier, isTypeOnly: false })), ...inner]
  }
  return inner
}

function isLoader({ type, name, object, property }: Syntax): boolean {
  if (type === 'Identifier') return name === 'require'
  return (
    type === 'MemberExpression' && (object as Syntax).type === 'MetaProperty' && (property as Syntax).name === 'glob'
  )
}

function wordOf(syntax: unknown): string | null {
  const { type, value, expressions, quasis } = (syntax ?? {}) as Syntax & { quasis?: { value: { cooked: string } }[] }
  if (type === 'Literal' && typeof value === 'string') return value
  if (type !== 'TemplateLiteral' || (expressions as unknown[]).length > 0) return null
  return quasis?.[0]?.value.cooked ?? null
}
