import { expect, test } from 'vitest'
import { Failure } from '../../../shared/failure'
import { failureAfter, failureOfPull } from './pull-failure'

const manifest = 'pull model manifest: '
const part = '/m/blobs/sha256-1-partial'
const windowsPart = 'D:\\models\\blobs\\sha256-1-partial'

test.each([
  ['modelNotFound', `${manifest}file does not exist`],
  [
    'registryUnreachable',
    `${manifest}Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host`,
  ],
  [
    'registryUnreachable',
    `${manifest}Get "http://127.0.0.1:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused`,
  ],
  ['registryUnreachable', 'max retries exceeded: unexpected EOF'],
  ['registryRefused', `${manifest}unauthorized: access denied`],
  ['registryRefused', `${manifest}401: {"errors":[]}`],
  ['ollamaTooOld', `${manifest}412: \n\nThe model you are attempting to pull requires a newer version of Ollama.`],
  ['diskFull', `write ${part}: no space left on device`],
  ['diskFull', 'max retries exceeded: write x: There is not enough space on the disk.'],
  ['downloadDamaged', 'digest mismatch, file must be downloaded again: want sha256:a, got sha256:b'],
  ['modelNameInvalid', 'invalid model name'],
])('%s: %s', (code, text) => expect(failureOfPull(text)).toMatchObject({ code, detail: text }))

test.each([
  `${manifest}Get "https://registry.ollama.ai/v2/library/m/manifests/4b": net/http: TLS handshake timeout`,
  `${manifest}Get "https://registry.ollama.ai/v2/library/m/manifests/latest": read tcp 10.0.0.2:61116->192.0.2.1:443: wsarecv: An existing connection was forcibly closed by the remote host.`,
  `${manifest}Get "https://registry.ollama.ai/v2/": read tcp 10.0.0.2:61116->192.0.2.1:443: wsarecv: 远程主机强迫关闭了一个现有的连接。`,
  'max retries exceeded: Get "https://x.example/blob": dial tcp 192.0.2.1:443: connectex: A connection attempt failed because the connected party did not properly respond after a period of time',
  'max retries exceeded: Get "https://x.example/blob": dial tcp 192.0.2.1:443: connectex: 由于连接方在一段时间后没有正确答复或连接的主机没有反应，连接尝试失败。',
  'max retries exceeded: Get "https://x.example/blob": dial tcp 192.0.2.1:443: connectex: Ein Verbindungsversuch ist fehlgeschlagen.',
  `${manifest}Get "https://registry.ollama.ai/v2/": dial tcp 192.0.2.1:443: connect: operation timed out`,
  `${manifest}Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai on 127.0.0.53:53: server misbehaving`,
  `${manifest}Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: i/o timeout`,
  `${manifest}Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: getaddrinfow: 不知道这样的主机。`,
  `${manifest}Get "https://registry.ollama.ai/v2/": proxyconnect tcp: dial tcp 127.0.0.1:9: connect: connection refused`,
  `${manifest}Get "https://registry.ollama.ai/v2/": proxyconnect tcp: tls: first record does not look like a TLS handshake`,
  `${manifest}Get "https://registry.ollama.ai/v2/": Proxy Authentication Required`,
  `${manifest}Get "https://registry.ollama.ai/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  `${manifest}Get "https://registry.ollama.ai/v2/": EOF`,
  `${manifest}Get "https://registry.ollama.ai/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  `${manifest}unexpected EOF`,
  'Head "https://registry.ollama.ai/v2/library/m/blobs/sha256:1": http2: server sent GOAWAY',
  'max retries exceeded: stream error: stream ID 1; INTERNAL_ERROR; received from peer',
  'max retries exceeded: write tcp 10.0.0.2:1->192.0.2.1:443: write: broken pipe',
  'max retries exceeded: read tcp 10.0.0.2:1->192.0.2.1:443: use of closed network connection',
  'max retries exceeded',
  'context deadline exceeded',
  'unexpected EOF',
])('P1: the way to the registry is meant by %s', (text) =>
  expect(failureOfPull(text)).toMatchObject({ code: 'registryUnreachable', detail: text }),
)

test.each([
  ['registryBusy', `${manifest}429: Too many requests`],
  ['registryBusy', `${manifest}503: upstream connect error`],
  ['registryBusy', `${manifest}500: `],
  ['registryBusy', `${manifest}502: <html><head><title>502 Bad Gateway</title></head></html>`],
  ['registryBusy', '503: '],
  ['registryBusy', 'max retries exceeded: 504: timeout'],
  ['registryBusy', 'unexpected status code 503'],
  ['registryRefused', '401: '],
  ['registryRefused', `${manifest}403: Forbidden`],
  ['registryRefused', `${manifest}401: {"error":"Access to model o/r is restricted, an invalid certificate"}`],
  ['registryRefused', `${manifest}realm host "" does not match original host "127.0.0.1:5000"`],
  ['registryRefused', `${manifest}Get "?nonce=x&scope=&service=&ts=1": unsupported protocol scheme ""`],
  ['folderRefused', `open /usr/share/ollama/.ollama/models/blobs/sha256-1-partial-0: permission denied`],
  ['folderRefused', `open ${windowsPart}-0: Access is denied.`],
  ['folderRefused', `open ${windowsPart}-0: 拒绝访问。`],
  ['folderRefused', `open ${windowsPart}-0: Zugriff verweigert`],
  ['folderRefused', `mkdir /srv/a b/张: read-only file system`],
  ['folderFailed', `max retries exceeded: write ${part}: bad file descriptor`],
  ['folderFailed', `write ${part}: input/output error`],
  ['folderFailed', `write ${windowsPart}: 由于 I/O 设备错误，无法运行此项请求。`],
  ['folderFailed', `open ${part}-0: too many open files`],
  ['diskFull', `write ${windowsPart}: 磁盘空间不足。`],
  ['diskFull', `write ${windowsPart}: 磁碟空間不足。`],
  ['diskFull', `write ${windowsPart}: Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung.`],
  ['diskFull', `write ${windowsPart}: Espace insuffisant sur le disque.`],
  ['diskFull', `write ${windowsPart}: Espacio en disco insuficiente.`],
  ['diskFull', `write ${windowsPart}: Espaço insuficiente no disco.`],
  ['diskFull', `write ${windowsPart}: Spazio su disco insufficiente.`],
  ['diskFull', `write ${windowsPart}: Недостаточно места на диске.`],
  ['diskFull', `write ${windowsPart}: ディスクに十分な空き領域がありません。`],
  ['diskFull', `write ${windowsPart}: 디스크 공간이 부족합니다.`],
  ['diskFull', `write ${windowsPart}: Diskte yeterli yer yok.`],
  ['diskFull', `write ${part}: disk quota exceeded`],
])('P1 L15: %s: %s', (code, text) => expect(failureOfPull(text)).toMatchObject({ code, detail: text.trim() }))

test.each([
  [
    'quantizationUnknown',
    `${manifest}400: {"error":"The specified tag is not a valid quantization scheme. Please use another tag or \\"latest\\""}`,
  ],
  ['noGguf', `${manifest}400: {"error":"Repository is not GGUF or is not compatible with llama.cpp"}`],
])('P2: %s: %s', (code, text) => expect(failureOfPull(text).code).toBe(code))

test.each([
  ['registryOdd', `${manifest}invalid character '<' looking for beginning of value`],
  ['registryOdd', `${manifest}unexpected end of JSON input`],
  ['registryOdd', `${manifest}EOF`],
  ['registryOdd', `${manifest}json: cannot unmarshal array into Go value of type server.Manifest`],
  ['registryOdd', 'http: no Location header in response'],
  ['registryOdd', 'invalid digest format'],
  ['layerMissing', 'file does not exist'],
  ['registryNotSecure', `${manifest}Get "https://box:5000/v2/": tls: first record does not look like a TLS handshake`],
  ['registryNotSecure', `${manifest}Get "https://box:5000/v2/": http: server gave HTTP response to HTTPS client`],
])('L15: %s: %s', (code, text) => expect(failureOfPull(text).code).toBe(code))

test.each([
  'this model requires MLX support, but the MLX runtime is not available',
  `${manifest}400: {"error":"The specified repository contains sharded GGUF. Ollama does not support this yet."}`,
  `${manifest}451: Unavailable For Legal Reasons`,
  'irgendetwas ist schiefgegangen',
])('L15: an unknown sentence is called nothing else: %s', (text) =>
  expect(failureOfPull(text)).toMatchObject({ code: 'pullFailed', detail: text }),
)

test.each([
  ['damaged', 'unexpected EOF', 'partsDamaged'],
  ['damaged', 'EOF', 'partsDamaged'],
  ['nothing', 'unexpected EOF', 'registryUnreachable'],
  ['nothing', 'EOF', 'registryUnreachable'],
  ['nothing', "invalid character '<' looking for beginning of value", 'registryOdd'],
  ['unknown', 'unexpected EOF', 'registryUnreachable'],
  ['unknown', 'EOF', 'partsDamaged'],
  ['unknown', 'unexpected end of JSON input', 'partsDamaged'],
] as const)('P1: with the files on the disk %s, %s is %s', (repair, text, code) =>
  expect(failureAfter(repair, new Failure('ollamaFailed', text)).code).toBe(code),
)

test('the words of a pull are never those of a load', () => {
  const text = `write ${part}: no space left on device: not enough memory`
  expect(failureAfter(null, new Failure('modelTooLarge', text)).code).toBe('diskFull')
  expect(failureAfter(null, new Failure('serverBusy', 'x')).code).toBe('serverBusy')
})
