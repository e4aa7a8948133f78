import { expect, test } from 'vitest'
import { type KnownLine, knownLines } from './known-lines'

/** A text and all that is known in it; of both versions where they say it differently. */
const examples: [text: string, known: KnownLine[]][] = [
  ['Error: listen tcp 127.0.0.1:11434: bind: address already in use', ['port-taken', 'bind-fails', 'command-failed']],
  [
    'Error: listen tcp 127.0.0.1:11434: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
    ['port-taken', 'bind-fails', 'command-failed'],
  ],
  [
    'Error: listen tcp 127.0.0.1:11434: bind: 以一种访问权限不允许的方式做了一个访问套接字的尝试。',
    ['port-reserved', 'bind-fails', 'command-failed'],
  ],
  [
    'Error: listen tcp 10.9.9.9:11434: bind: cannot assign requested address',
    ['address-not-here', 'bind-fails', 'command-failed'],
  ],
  ['Error: listen tcp 10.9.9.9:11434: bind: foo', ['bind-fails', 'command-failed']],
  [
    'Error: listen tcp 127.0.0.1:80: bind: permission denied',
    ['address-refused', 'bind-fails', 'file-refused', 'command-failed'],
  ],
  ['Error: listen tcp: lookup xyz: no such host', ['address-unusable', 'command-failed', 'registry-unreachable']],
  [
    'Error: mkdir /srv/models: permission denied: ensure path elements are traversable',
    ['folder-not-made', 'file-refused', 'command-failed'],
  ],
  ['Error: open /home/u/.ollama/id_ed25519: permission denied', ['file-refused', 'command-failed']],
  ['Error: could not create directory mkdir /root/.ollama: read-only', ['file-refused', 'command-failed']],
  ['panic: $HOME is not defined', ['no-home', 'server-panics']],
  ["panic: bad origin: origins must contain '*' or include http://", ['bad-origin', 'server-panics']],
  ['panic: only one * is allowed', ['bad-origin', 'server-panics']],
  ['fatal error: concurrent map writes', ['server-panics']],
  ['goroutine 1 [running]:', ['stack-trace']],

  ['model requires more system memory (6.1 GiB) than is available (3.2 GiB)', ['memory-short']],
  ['not enough memory', ['memory-short']],
  ['llama-server reported out-of-memory during startup: x', ['memory-full']],
  [
    'llama runner process has terminated: cudaMalloc failed: out of memory',
    ['memory-full', 'card-refuses-memory', 'runner-ended-at-start'],
  ],
  ['hipMalloc failed', ['card-refuses-memory']],
  ['ggml_gallocr_reserve_n: failed to allocate CUDA0 buffer of size 1', ['memory-full']],
  ['llama-server process has terminated: exit status 1: ', ['runner-ended-at-start']],
  ['timed out waiting for llama runner to start - progress 0.35 - ', ['load-timed-out']],
  ['timed out waiting for llama-server to start - ', ['load-timed-out']],
  ['llama_model_load: error loading model: tensor is missing', ['weights-not-loaded']],
  ['common_init_from_params: failed to load model', ['weights-not-loaded']],
  ['unable to load model: /models/blobs/sha256-1', ['weights-not-loaded']],
  ['this model is not supported by your version of Ollama. You may need to upgrade', ['model-unsupported']],
  ['error starting llama-server: llama-server binary not found (checked: /x)', ['runner-missing']],
  ['CUDA error: an illegal memory access was encountered', ['engine-fails', 'native-crash']],
  ['GGML_ASSERT(n_past >= 0) failed', ['engine-fails', 'native-crash']],
  ['common_init_from_params: failed to create context with model', ['engine-fails']],
  ['main: exiting due to model loading error', ['engine-fails']],
  [
    'llama_init_from_model: quantized V cache requires flash_attn to be enabled',
    ['cache-without-flash', 'engine-fails'],
  ],
  ['SIGSEGV: segmentation violation', ['native-crash']],
  ['signal arrived during cgo execution', ['native-crash']],
  ['llama runner process no longer running: -1 ', ['runner-ended']],
  [
    'an error was encountered while running the model: unexpected EOF',
    ['runner-ended', 'registry-unreachable'], // the words of a broken link are the same to any server
  ],
  ['POST predict: Post "http://127.0.0.1:40409/completion": EOF', ['runner-ended', 'registry-unreachable']],
  [
    'model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details',
    ['runner-ended'],
  ],
  [
    'request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error',
    ['prompt-too-long'],
  ],
  ['the prompt is longer than the context length currently available to the model', ['prompt-too-long']],
  ['model "nope" not found, try pulling it first', ['model-not-found']],
  ["model 'nope' not found", ['model-not-found']],

  ['write /m/blobs/sha256-1-partial: no space left on device', ['disk-full', 'file-not-used']],
  ['max retries exceeded: write x: There is not enough space on the disk.', ['disk-full']],
  [
    'pull model manifest: 412: \n\nThe model you are attempting to pull requires a newer version of Ollama.',
    ['newer-ollama-needed'],
  ],
  ['pull model manifest: unauthorized: access denied', ['registry-refuses']],
  ['pull model manifest: 401: {"errors":[]}', ['registry-refuses']],
  ['pull model manifest: file does not exist', ['manifest-not-found']],
  ['invalid model name', ['name-invalid']],
  ['name "a b" is invalid', ['name-invalid']],
  ['digest mismatch, file must be downloaded again: want sha256:a, got sha256:b', ['download-damaged']],
  ['invalid digest format', ['registry-odd']],
  [
    'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host',
    ['registry-unreachable'],
  ],
  [
    'pull model manifest: Get "https://x/v2/": http: server gave HTTP response to HTTPS client',
    ['registry-plain', 'registry-unreachable'],
  ],
  ['pull model manifest: Get "https://x/v2/": proxyconnect tcp: EOF', ['proxy-fails', 'registry-unreachable']],
  ['open /m/blobs/sha256-1-partial-0: permission denied', ['folder-refused', 'file-not-used']],
  ['write D:\\m\\blobs\\sha256-1-partial: 磁盘空间不足。', ['disk-full', 'file-not-used']],
  ['pull model manifest: 429: Too many requests', ['registry-busy']],
  [
    'pull model manifest: 400: {"error":"The specified tag is not a valid quantization scheme."}',
    ['quantization-unknown'],
  ],
  ['pull model manifest: 400: {"error":"Repository is not GGUF"}', ['no-gguf']],
  ['max retries exceeded: unexpected EOF', ['registry-unreachable']],
  ['EOF', ['part-unreadable']],
  ['unexpected end of JSON input', ['part-unreadable']],
  ["invalid character 'x' looking for beginning of value", ['part-unreadable']],

  ['2025/02/24 10:11:12 routes.go:1205: INFO server config env="map[OLLAMA_DEBUG:false]"', ['configuration']],
  [
    'llama-server process has terminated: exit status 1: llama_init_from_model: quantized V cache requires flash_attn to be enabled',
    ['cache-without-flash', 'engine-fails', 'runner-ended-at-start'],
  ],
  ['llama_init_from_model: V cache quantization requires flash_attn', ['cache-without-flash']],
  ['quantized V cache was requested, but this requires Flash Attention', ['cache-without-flash', 'engine-fails']],
  [
    'llama_init_from_model: K cache type q8_0 with block size 32 does not divide n_embd_head_k=80',
    ['cache-type-unfit'],
  ],
  ['error while handling argument "--cache-type-k": Unsupported cache type: q5_9', ['cache-type-unfit']],
  ['tensor "output.weight" offset+size (9) exceeds file size (8)', ['weights-damaged']],
  [
    'error loading model: failed to open /home/张　庭 綱/sha256-1: Invalid argument',
    ['weights-not-loaded', 'weights-not-opened'],
  ],
  ["gguf_init_from_file_impl: invalid magic characters: 'abcd', expected 'GGUF'", ['weights-damaged']],
  ['time=x level=INFO source=routes.go:1 msg="server config" env="map[OLLAMA_DEBUG:INFO]"', ['configuration']],
  ['msg="vram-based default context" total_vram="24.0 GiB" default_num_ctx=32768', ['context-by-memory']],
  ['level=INFO source=types.go:130 msg="inference compute" id=0 library=cuda', ['card-found']],
  ['msg=load request="{Operation:commit LoraPath:[] Parallel:2', ['load-request']],
  ['msg=load request="{Operation:fit LoraPath:[] Parallel:2', []],
  ['level=WARN msg="flash attention enabled but not supported by gpu"', ['flash-unsupported']],
  ['level=WARN msg="flash attention enabled but not supported by model"', ['flash-unsupported', 'flash-not-for-model']],
  ['level=WARN msg="quantized kv cache requested but flash attention disabled" type=q8_0', ['cache-needs-flash']],
  [
    'time=x level=WARN source=runner.go:130 msg="truncating input prompt" limit=256 prompt=2803 keep=5 new=256',
    ['prompt-cut'],
  ],
  ['level=DEBUG msg="truncating input messages which exceed context length" truncated=1', []],
  ['level=WARN msg="invalid environment variable, using default" key=OLLAMA_MAX_QUEUE', ['variable-invalid']],

  ['"x" does not support chat', []],
  ['file does not exist', ['layer-missing']],
  ['http: no Location header in response', ['registry-odd']],
]

const knownIn = (text: string) =>
  Object.entries(knownLines)
    .filter(([, pattern]) => pattern.test(text))
    .map(([known]) => known)

test.each(examples)('%s', (text, known) => expect(knownIn(text).sort()).toEqual([...known].sort()))

test('every sentence has an example', () => {
  expect(new Set(examples.flatMap(([, known]) => known))).toEqual(new Set(Object.keys(knownLines)))
})
