import { describe, expect, test } from 'vitest'
import { reservedRanges } from '../../process/reserved-ports'
import { exitReason } from './exit-reason'

const stack = ['', 'goroutine 37 gp=0xc001 m=12 mp=0xc002 [syscall]:', 'runtime.cgocall(0x1, 0x2)']
const bind = (words: string, address = '127.0.0.1:11434') => `Error: listen tcp ${address}: bind: ${words}`

test.each([
  ['port-taken', 1, null, bind('address already in use')],
  ['bad-address', 1, null, bind('cannot assign requested address', '10.9.9.9:11434')],
  ['bad-address', 1, null, bind('The requested address is not valid in its context.', '10.9.9.9:11434')],
  ['bad-address', 1, null, bind('在其上下文中，该请求的地址无效。', '10.9.9.9:11434')],
  ['bad-address', 1, null, 'Error: listen tcp: lookup nosuch: no such host'],
  ['bad-address', 1, null, 'Error: listen tcp: lookup nosuch: 不知道这样的主机。'],
  ['bad-address', 1, null, 'Error: listen tcp: address 99999: invalid port'],
  ['permission', 1, null, bind('permission denied', '127.0.0.1:80')],
  ['permission', 1, null, 'Error: mkdir /srv/models: permission denied: ensure path elements are traversable'],
  ['unknown', 1, null, 'Error: mkdir /x: not a directory'],
  ['stopped-by-other', 0xc000013a, null, ''],
  ['unknown', 0xc0000135, null, ''],
  ['native-crash', 0xc0000005, null, ''],
  ['permission', 1, null, 'Error: open /home/u/.ollama/id_ed25519: permission denied'],
  ['permission', 1, null, 'Error: open C:\\Users\\张 三\\.ollama\\id_ed25519: 拒绝访问。'],
  ['permission', 1, null, 'Error: open C:\\Users\\u\\.ollama\\id_ed25519: Zugriff verweigert'],
  ['disk-full', 1, null, 'Error: mkdir /srv/models: no space left on device'],
  ['no-home', 2, null, 'panic: $HOME is not defined'],
  ['permission', 1, null, 'Error: mkdir /etc/hostname: not a directory: ensure path elements are traversable'],
  ['bad-origin', 2, null, "panic: bad origin: origins must contain '*' or include http://,https://"],
  ['bad-origin', 2, null, 'panic: only one * is allowed'],
  ['panic', 2, null, 'panic: runtime error: invalid memory address'],
  ['out-of-memory', 2, null, 'fatal error: runtime: cannot allocate memory'],
  ['killed', null, 'SIGKILL', 'time=... level=INFO msg=x'],
  ['killed', null, 'SIGKILL', 'SIGSEGV: segmentation violation'],
  ['stopped-by-other', 0, null, ''],
  ['stopped-by-other', 0, null, 'CUDA error: of a runner that came back'],
  ['unseen', null, null, ''],
  ['panic', null, null, 'panic: runtime error: invalid memory address'],
  ['unknown', 3, null, ''],
  ['unknown', 1, null, 'Error: something that nobody has said before'],
] as const)('%s: code %s, signal %s, "%s"', (reason, code, signal, line) => {
  expect(exitReason({ code, signal, error: null, lastLines: [line] })).toBe(reason)
})

describe('S2: a port that cannot be had', () => {
  const inUse = [
    'Only one usage of each socket address (protocol/network address/port) is normally permitted.',
    '通常每个套接字地址(协议/网络地址/端口)只允许使用一次。',
    'Normalerweise darf jede Socketadresse (Protokoll, Netzwerkadresse oder Anschluss) nur jeweils einmal verwendet werden.',
    'Une seule utilisation de chaque adresse de socket (protocole/adresse réseau/port) est habituellement autorisée.',
    'Обычно разрешается только одно использование адреса сокета (протокол/сетевой адрес/порт).',
    '通常、各ソケット アドレスに対してプロトコル、ネットワーク アドレス、またはポートのどれか 1 つのみを使用できます。',
    'Her yuva adresinin (protokol/ağ adresi/bağlantı noktası) yalnızca bir kullanımına normalde izin verilir.',
  ]
  const reserved = [
    'An attempt was made to access a socket in a way forbidden by its access permissions.',
    '以一种访问权限不允许的方式做了一个访问套接字的尝试。',
    '嘗試存取通訊端被拒絕，因為存取權限不足。',
    'Der Zugriff auf einen Socket war aufgrund der Zugriffsrechte des Sockets unzulässig.',
    "Une tentative d'accès à un socket de manière interdite par ses autorisations d'accès a été tentée.",
    'Сделана попытка доступа к сокету методом, запрещенным правами доступа.',
    'アクセス許可で禁じられた方法でソケットにアクセスしようとしました。',
    'Bir yuvaya erişim izinleri tarafından izin verilmeyen bir biçimde erişilmeye çalışıldı.',
  ]
  const reasonOf = (words: string, facts = {}) =>
    exitReason(
      { code: 1, signal: null, error: null, lastLines: ['time=x level=INFO msg=y', bind(words)] },
      { hasListener: false, isOfThisMachine: true, isReserved: false, ...facts },
    )

  test.each(inUse)('S2: in use, as Windows says it: %s', (words) => expect(reasonOf(words)).toBe('port-taken'))
  test.each(reserved)('S2: kept by Windows: %s', (words) => {
    expect(reasonOf(words)).toBe('port-reserved')
    expect(reasonOf(words, { hasListener: true })).toBe('port-taken')
  })
  test('S2: in a language that nobody knows the machine is asked', () => {
    const words = 'Qapla batlh je'
    expect(reasonOf(words, { hasListener: true })).toBe('port-taken')
    expect(reasonOf(words, { isOfThisMachine: false })).toBe('bad-address')
    expect(reasonOf(words, { isReserved: true })).toBe('port-reserved')
    expect(reasonOf(words)).toBe('unknown')
  })
  test('S2: the ranges that netsh lists are read whatever language their heads are in', () => {
    const text =
      '\r\n协议 tcp 端口排除范围\r\n\r\n开始端口    结束端口\r\n----------    --------\r\n      5357        5357\r\n     11400       11499     *\r\n\r\n* - 管理的端口排除。\r\n'
    expect(reservedRanges(text)).toEqual([
      [5357, 5357],
      [11400, 11499],
    ])
  })
})

test.each([
  ['//ml/backend/ggml/src/x.cpp:965: fatal error', 'SIGSEGV: segmentation violation', 'PC=0x7f m=12'],
  ['SIGSEGV: segmentation violation', 'PC=0x7f0000000000 m=12 sigcode=1', 'signal arrived during cgo execution'],
  ['SIGABRT: abort', 'PC=0x7f'],
  ["terminate called after throwing an instance of 'std::runtime_error'", '  what():  x'],
  ['/src/ggml-cuda.cu:88: CUDA error'],
  ['CUDA error: an illegal memory access was encountered', '  current device: 0, in function x'],
  ['C:\\a\\ollama\\ml\\backend\\ggml\\ggml\\src\\ggml.c:1729: GGML_ASSERT(x) failed'],
  ['fatal error: unexpected signal during runtime execution', '[signal SIGSEGV: segmentation violation]'],
  ['Exception 0xc0000005 0x0 0x0 0x7ffb', 'PC=0x7ffb', 'signal arrived during external code execution'],
  ['Error: llama runner process has terminated: {EXCEPTION}\r', 'Illegal Instruction'],
  ['double free or corruption (out)'],
])('S3: a crash in C code is called one: %s', (...lines) => {
  expect(exitReason({ code: 2, signal: null, error: null, lastLines: [...lines, ...stack] })).toBe('native-crash')
})

test.each([
  [0xc0000005, null],
  [0xc000001d, null],
  [0xc0000409, null],
  [null, 'SIGSEGV'],
  [null, 'SIGABRT'],
])('S3: a crash without a word is known by its code %s or its signal %s', (code, signal) => {
  expect(exitReason({ code, signal, error: null, lastLines: [] })).toBe('native-crash')
})

test('S3: a panic of Go stays one, though it names a signal', () => {
  const lastLines = ['panic: runtime error: nil pointer', '[signal SIGSEGV: segmentation violation code=0x1]', ...stack]
  expect(exitReason({ code: 2, signal: null, error: null, lastLines })).toBe('panic')
})
