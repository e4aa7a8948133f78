import type { Log } from '../manners/log'
import { isOldStyle } from '../manners/version-style'
import { fullName } from '../models/model-name'
import type { LoadStory } from '../scheduling/load-story'
import { debugLoadBegins } from './debug-log'
import { newLoadLines } from './new-load-lines'
import { sayNewLoading } from './new-load-log'
import { oldLoadLines } from './old-load-lines'
import { sayOldLoading } from './old-load-log'

/** All a server says from the decision to load until its runner starts to load. */
export function sayLoading(log: Log, story: LoadStory): void {
  debugLoadBegins(log, isOldStyle(story.configuration.version), story)
  if (isOldStyle(story.configuration.version)) sayOldLoading(log, story)
  else sayNewLoading(log, story)
}

/** The runner is ready: first what llama.cpp has printed meanwhile. */
export function sayReady(log: Log, story: LoadStory, seconds: number): void {
  const took = seconds.toFixed(2)
  if (isOldStyle(story.configuration.version)) {
    log.bare(oldLoadLines(story))
    log.info('server.go:596', `llama runner started in ${took} seconds`)
    return
  }
  log.bare(newLoadLines(story))
  log.info('llama_server.go:1362', `llama-server started in ${took} seconds`)
  log.info('images.go:381', 'template selection', {
    model: fullName(story.model.full),
    selected: 'go_template',
    renderer: '',
    parser: '',
    go_template: `[${story.model.manifest.simulated.capabilities.join(' ')}]`,
    chat_template: 'null',
    harmony: 'null',
    renderer_parser: 'null',
  })
  log.info('sched.go:728', 'loaded runners', { count: story.loadedCount + 1 })
  log.info('llama_server.go:1295', 'waiting for llama-server to start responding')
  log.info('llama_server.go:1362', `llama-server started in ${took} seconds`)
}

/** A load that takes longer than the server's first look at it. */
export const sayStillLoading = (log: Log, old: boolean) =>
  log.infoAt(
    { old: 'server.go:591', new: 'llama_server.go:1350' },
    `waiting for ${old ? 'server' : 'llama-server'} to become available`,
    { status: 'llm server loading model' },
  )
