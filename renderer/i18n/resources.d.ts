import type result from './en/benchmark/result.json'
import type benchmark from './en/benchmark.json'
import type failure from './en/failure.json'
import type frame from './en/frame.json'
import type gpus from './en/gpus.json'
import type markdown from './en/markdown.json'
import type models from './en/models.json'
import type overview from './en/overview.json'
import type playground from './en/playground.json'
import type serverSettings from './en/server/settings.json'
import type server from './en/server.json'
import type settings from './en/settings.json'
import type words from './en/words.json'

/** The keys of all texts, so that one that is not there does not compile, with a hole in it or without. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      translation: {
        benchmark: typeof benchmark & { result: typeof result }
        failure: typeof failure
        frame: typeof frame
        gpus: typeof gpus
        markdown: typeof markdown
        models: typeof models
        overview: typeof overview
        playground: typeof playground
        server: typeof server & { settings: typeof serverSettings }
        settings: typeof settings
        words: typeof words
      }
    }
  }
}
