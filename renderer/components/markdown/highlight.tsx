import type { Nodes } from 'hast'
import { createElement, type ReactNode } from 'react'

type Lowlight = ReturnType<typeof import('lowlight').createLowlight>

let loading: Promise<Lowlight | null> | null = null
const waiting: (() => void)[] = []
let isWorking = false
const longestMs = 8

/** Code in colours, or null for a language that is not known. Loaded when first asked; a few milliseconds a frame. */
export async function highlight(code: string, language: string, signal: AbortSignal): Promise<ReactNode> {
  const lowlight = await load()
  if (!lowlight?.registered(language)) return null
  await turn()
  return signal.aborted ? null : contentOf(lowlight.highlight(language, code))
}

/** Null while the host that serves it is lost: code stays plain, and the next piece asks again. */
function load(): Promise<Lowlight | null> {
  loading ??= import('lowlight').then(
    ({ common, createLowlight }) => createLowlight(common),
    () => {
      loading = null
      return null
    },
  )
  return loading
}

/** Many pieces may come into sight at once: they take their turns, some each frame. */
function turn() {
  return new Promise<void>((resolve) => {
    waiting.push(resolve)
    if (!isWorking) void work()
  })
}

async function work() {
  isWorking = true
  while (waiting.length > 0) {
    const endMs = performance.now() + longestMs
    while (waiting.length > 0 && performance.now() < endMs) {
      waiting.shift()?.()
      await Promise.resolve() // the one whose turn it is works before the clock is read again
    }
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
  isWorking = false
}

function contentOf(node: Nodes, key?: number): ReactNode {
  if (node.type === 'text') return node.value
  if (!('children' in node)) return null
  const children = node.children.map((child, place) => contentOf(child, place))
  if (node.type === 'root') return children
  const name = [node.type === 'element' ? node.properties.className : []].flat().join(' ')
  return createElement('span', { key, className: name }, ...children)
}
