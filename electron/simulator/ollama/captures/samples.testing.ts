/** A question to Ollama and what it says, in the form of `told`: written by hand after recordings of real servers. */
export type Sample = {
  what: string
  /** Method and path. */
  ask: string
  body?: string
  /** Of both styles, or of each: 0.5.12 is the old one, 0.32.15 the new one. */
  says: readonly string[] | { old: readonly string[]; new: readonly string[] }
  /** The recording it was read from, where there is one. */
  recording?: string
}

const json = '200 application/json; charset=utf-8'
const lines = '200 application/x-ndjson'
const events = '200 text/event-stream'
const refused = (status: number) => `${status} application/json; charset=utf-8`

const hello = '"messages": [{"role": "user", "content": "hello there"}]'
const chat = (more: string) => `{"model": "tiny", ${hello}, ${more}}`

const figures = 'total_duration load_duration prompt_eval_count prompt_eval_duration eval_count eval_duration'
const chatPiece = '{model created_at message{role="assistant" content} done=false}'
const chatEnd = {
  old: `{model created_at message{role="assistant" content} done_reason="length" done=true ${figures}}`,
  new: `{model created_at message{role="assistant" content} done=true done_reason="length" ${figures}}`,
}
const generateEnd = `{model created_at response done=true done_reason="length" context[] ${figures}}`

const details = 'details{parent_model format="gguf" family families[] parameter_size="656K" quantization_level="F16"}'
const loaded = `name model size digest ${details} expires_at size_vram`
const listed = 'name model modified_at size digest'
const lastDetails = (more = '') =>
  `details{parent_model format="gguf" family families[] parameter_size="51.66M" quantization_level="F16"${more}}`

const chunk = (delta: string, reason: string) =>
  `{id object="chat.completion.chunk" created model system_fingerprint choices[{index delta{${delta}} finish_reason=${reason}}]}`
const usage = 'usage{prompt_tokens completion_tokens total_tokens}'
const chunks = {
  old: [`12 x ${chunk('role="assistant" content', 'null')}`, chunk('role="assistant" content', '"length"')],
  new: [chunk('role="assistant" content', 'null'), `11 x ${chunk('content', 'null')}`, chunk('', '"length"')],
}
const usageChunk = `{id object="chat.completion.chunk" created model system_fingerprint choices[] ${usage}}`

const noSuchChatModel = {
  old: String.raw`model \"nope\" not found, try pulling it first`,
  new: "model 'nope' not found",
}

/** In the order in which they are asked: the machine of the recordings has the models tiny, tiny2, tiny3 and big. */
export const samples: readonly Sample[] = [
  {
    what: 'the front page',
    ask: 'GET /',
    says: ['200 text/plain; charset=utf-8', 'Ollama is running'],
    recording: 'root',
  },
  { what: 'its version', ask: 'GET /api/version', says: [json, '{version}'], recording: 'version' },
  { what: 'nothing in memory', ask: 'GET /api/ps', says: [json, '{models[]}'], recording: 'ps-empty' },
  {
    what: 'a model that is loaded only',
    ask: 'POST /api/generate',
    body: '{"model": "tiny"}',
    says: [json, '{model created_at response done=true done_reason="load"}'],
    recording: 'load-only',
  },
  {
    what: 'what is in memory',
    ask: 'GET /api/ps',
    says: { old: [json, `{models[{${loaded}}]}`], new: [json, `{models[{${loaded} context_length}]}`] },
    recording: 'ps',
  },
  {
    what: 'a text, streamed',
    ask: 'POST /api/generate',
    body: '{"model": "tiny", "prompt": "hello", "options": {"num_predict": 256}}',
    says: [lines, '256 x {model created_at response done=false}', generateEnd],
    recording: 'generate-stream',
  },
  {
    what: 'a text, whole',
    ask: 'POST /api/generate',
    body: '{"model": "tiny", "prompt": "hello", "stream": false, "options": {"num_predict": 16}}',
    says: [json, generateEnd],
    recording: 'generate-nostream',
  },
  {
    what: 'an answer of a chat, streamed',
    ask: 'POST /api/chat',
    body: chat('"options": {"num_predict": 24}'),
    says: { old: [lines, `24 x ${chatPiece}`, chatEnd.old], new: [lines, `24 x ${chatPiece}`, chatEnd.new] },
    recording: 'chat-stream',
  },
  {
    what: 'an answer of a chat, whole',
    ask: 'POST /api/chat',
    body: chat('"stream": false, "options": {"num_predict": 24}'),
    says: { old: [json, chatEnd.old], new: [json, chatEnd.new] },
    recording: 'chat-nostream',
  },
  {
    what: "an answer to OpenAI's clients, streamed",
    ask: 'POST /v1/chat/completions',
    body: chat('"stream": true, "max_tokens": 12'),
    says: { old: [events, ...chunks.old, '[DONE]'], new: [events, ...chunks.new, '[DONE]'] },
    recording: 'v1-chat-stream',
  },
  {
    what: "an answer to OpenAI's clients, streamed, with what it used",
    ask: 'POST /v1/chat/completions',
    body: chat('"stream": true, "max_tokens": 12, "stream_options": {"include_usage": true}'),
    says: {
      old: [events, ...chunks.old, usageChunk, '[DONE]'],
      new: [events, ...chunks.new, usageChunk, '[DONE]'],
    },
    recording: 'v1-chat-stream-usage',
  },
  {
    what: "an answer to OpenAI's clients, whole",
    ask: 'POST /v1/chat/completions',
    body: chat('"max_tokens": 12'),
    says: [
      '200 application/json',
      `{id object="chat.completion" created model system_fingerprint choices[{index message{role="assistant" content} finish_reason="length"}] ${usage}}`,
    ],
    recording: 'v1-chat-nostream',
  },
  {
    what: "models, as OpenAI's clients list them",
    ask: 'GET /v1/models',
    says: ['200 application/json', '{object="list" data[{id object="model" created owned_by}]}'],
    recording: 'v1-models',
  },
  {
    what: 'vectors of a model that was not started for them',
    ask: 'POST /api/embed',
    body: '{"model": "tiny", "input": "hello"}',
    says: {
      old: [json, '{model embeddings[[]] total_duration load_duration prompt_eval_count}'],
      new: [refused(501), '{error="This server does not support embeddings. Start it with `--embeddings`"}'],
    },
    recording: 'embed',
  },
  {
    what: 'a chat with a model that is not there',
    ask: 'POST /api/chat',
    body: `{"model": "nope", ${hello}}`,
    says: {
      old: [refused(404), `{error="${noSuchChatModel.old}"}`],
      new: [refused(404), `{error="${noSuchChatModel.new}"}`],
    },
    recording: 'err-chat-missing-model',
  },
  {
    what: 'a text of a model that is not there',
    ask: 'POST /api/generate',
    body: '{"model": "nope", "prompt": "x"}',
    says: [refused(404), `{error="model 'nope' not found"}`],
    recording: 'err-generate-missing-model',
  },
  {
    what: 'a chat with no model named',
    ask: 'POST /api/chat',
    body: `{${hello}}`,
    says: [refused(400), '{error="model is required"}'],
    recording: 'err-chat-no-model',
  },
  {
    what: 'a body that is cut',
    ask: 'POST /api/chat',
    body: '{"model": "tiny", ',
    says: [refused(400), '{error="unexpected EOF"}'],
    recording: 'err-chat-bad-json',
  },
  {
    what: 'no body',
    ask: 'POST /api/chat',
    says: [refused(400), '{error="missing request body"}'],
    recording: 'err-chat-no-body',
  },
  {
    what: 'a field of the wrong type',
    ask: 'POST /api/chat',
    body: `{"model": 5, ${hello}}`,
    says: [
      refused(400),
      '{error="json: cannot unmarshal number into Go struct field ChatRequest.model of type string"}',
    ],
    recording: 'err-chat-wrong-type',
  },
  {
    what: "a model that is not there, to OpenAI's clients",
    ask: 'POST /v1/chat/completions',
    body: `{"model": "nope", ${hello}}`,
    says: {
      old: ['404 application/json', `{error{message="${noSuchChatModel.old}" type="api_error" param code}}`],
      new: ['404 application/json', `{error{message="${noSuchChatModel.new}" type="not_found_error" param code}}`],
    },
    recording: 'err-v1-missing-model',
  },
  {
    what: "a body that is cut, from OpenAI's clients",
    ask: 'POST /v1/chat/completions',
    body: '{"model": ',
    says: [refused(400), '{error{message="unexpected EOF" type="invalid_request_error" param code}}'],
    recording: 'err-v1-bad-json',
  },
  {
    what: "no messages from OpenAI's clients",
    ask: 'POST /v1/chat/completions',
    body: '{"model": "tiny"}',
    says: [refused(400), `{error{message="[] is too short - 'messages'" type="invalid_request_error" param code}}`],
    recording: 'err-v1-no-messages',
  },
  {
    what: 'a path that is not there',
    ask: 'GET /api/nosuch',
    says: ['404 text/plain', '404 page not found'],
    recording: 'err-404',
  },
  {
    what: 'the wrong method',
    ask: 'GET /api/chat',
    says: { old: ['404 text/plain', '404 page not found'], new: ['405 text/plain', '405 method not allowed'] },
    recording: 'err-405',
  },
  {
    what: 'what is known of a model that is not there',
    ask: 'POST /api/show',
    body: '{"model": "nope"}',
    says: {
      old: [refused(404), `{error="model 'nope' not found"}`],
      new: [refused(404), `{error="model 'nope:latest' not found"}`],
    },
    recording: 'show-missing',
  },
  {
    what: 'a model that is removed',
    ask: 'DELETE /api/delete',
    body: '{"model": "tiny3"}',
    says: ['200'],
    recording: 'delete',
  },
  {
    what: 'a model that is removed once more',
    ask: 'DELETE /api/delete',
    body: '{"model": "tiny3"}',
    says: [refused(404), `{error="model 'tiny3' not found"}`],
    recording: 'delete-missing',
  },
  {
    what: 'a model that is copied',
    ask: 'POST /api/copy',
    body: '{"source": "tiny2", "destination": "tiny3"}',
    says: ['200'],
    recording: 'copy',
  },
  {
    what: 'a model that is unloaded',
    ask: 'POST /api/generate',
    body: '{"model": "tiny", "keep_alive": 0}',
    says: [json, '{model created_at response done=true done_reason="unload"}'],
    recording: 'unload',
  },
  {
    what: 'a model that is removed, and with it its file',
    ask: 'DELETE /api/delete',
    body: '{"model": "big"}',
    says: ['200'],
  },
  {
    what: 'a model that is pulled',
    ask: 'POST /api/pull',
    body: '{"model": "big"}',
    says: [
      lines,
      '{status="pulling manifest"}',
      'progress {status digest total completed}',
      '{status="verifying sha256 digest"}',
      '{status="writing manifest"}',
      '{status="success"}',
    ],
    recording: 'pull-big-throttled',
  },
  {
    what: 'a model that is pulled though it is there, with no stream',
    ask: 'POST /api/pull',
    body: '{"model": "big", "stream": false}',
    says: ['200 application/json', '{status="success"}'],
    recording: 'pull-tiny-nostream',
  },
  {
    what: 'a pull of a model that nobody has',
    ask: 'POST /api/pull',
    body: '{"model": "nope"}',
    says: [lines, '{status="pulling manifest"}', '{error="pull model manifest: file does not exist"}'],
    recording: 'pull-unknown',
  },
  {
    what: 'a pull of a model that nobody has, with no stream',
    ask: 'POST /api/pull',
    body: '{"model": "nope", "stream": false}',
    says: ['500 application/json', '{error="pull model manifest: file does not exist"}'],
    recording: 'pull-unknown-nostream',
  },
  {
    what: 'a pull of a name that is none',
    ask: 'POST /api/pull',
    body: '{"model": "bad name!!"}',
    says: [refused(400), '{error="invalid model name"}'],
    recording: 'pull-bad-name',
  },
  {
    what: 'what is installed, the newest first',
    ask: 'GET /api/tags',
    says: {
      old: [json, `{models[{${listed} ${lastDetails()}}]}`],
      new: [json, `{models[{${listed} ${lastDetails(' context_length embedding_length')} capabilities[]}]}`],
    },
    recording: 'pull-tags',
  },
]

/** What a sample says in the style of a version. */
export const saidBy = ({ says }: Sample, style: 'old' | 'new'): readonly string[] =>
  'old' in says ? says[style] : says
