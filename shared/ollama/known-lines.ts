/**
 * Ollama's own sentences, in answers, in the log and as its last words, as old and new versions say them (ollama.md, 2, 3
 * and 5). What each means for a user is decided where it is read; a test holds an example of every wording.
 */
export const knownLines = {
  // Why a server did not start, or ended.
  // Windows says them in its own language: a usage of each (protocol/address/port) in nearly all, the others by name.
  'port-taken':
    /listen tcp.* bind: (address already in use|.*[(（][^()/（）]+\/[^()/（）]+\/[^()/（）]+[)）]|Normalerweise darf jede Socketadresse|通常、各ソケット)/,
  'port-reserved':
    /listen tcp.* bind: (An attempt was made to access a socket|以一种访问权限不允许的方式|(嘗試|試圖)以?其?存取|Der Zugriff auf einen Socket|(Une tentative d.acc.s|Tentative d.acc.s)|Intento de acceso a un socket|Tentativo di accesso al socket|Foi feita uma tentativa de acesso|Houve uma tentativa de acesso|Сделана попытка доступа к сокету|アクセス許可で禁じられた|액세스 권한에 의해|Bir yuvaya erişim izinleri|Podjęto próbę uzyskania dostępu do gniazda|Er is geprobeerd een socket|Зроблено спробу|Došlo k pokusu o přístup)/i,
  'address-refused': /^Error: listen tcp .*permission denied/,
  'address-not-here':
    /listen tcp.* bind: (cannot assign requested address|can't assign requested address|The requested address is not valid|在其上下文中，该请求的地址无效|要求的位址不正確|Die angeforderte Adresse|L.adresse demand.e n.est pas valide|La direcci.n solicitada no|L'indirizzo richiesto non|O endere.o solicitado n.o|Требуемый адрес|要求したアドレスのコンテキスト|요청한 주소는|İstenen adres)/i,
  'bind-fails': /listen tcp.* bind: /,
  'address-unusable': /^Error: listen tcp(?!.* bind: )/,
  'folder-not-made': /^Error: mkdir .*ensure path elements are traversable/,
  'file-refused':
    /^Error: .*(permission denied|access is denied|operation not permitted|read-only( file system)?|拒绝访问|存取被拒|zugriff verweigert|acc.s refus.|acceso denegado|accesso negato|acesso negado|отказано в доступе|アクセスが拒否|액세스가 거부|erişim engellendi|odmowa dostępu)/i,
  'no-home': /^panic: \$HOME is not defined/,
  'bad-origin': /^panic: (bad origin|only one \* is allowed)/,
  'server-panics': /^(panic|fatal error):/i,
  // In C code, where no panic is told: of Go's runtime about it, of C++, of the engine, of the C library, of Windows.
  'native-crash':
    /^SIG(SEGV|ABRT|BUS|ILL|FPE|TRAP|SYS)\b|^fatal error: unexpected signal|^unexpected fault address|^Exception 0x[\da-f]{8}\b|^signal arrived during |^terminate called|^libc\+\+abi: |^\S.*\.(c|cc|cpp|cu|cuh|m|mm|h|hpp):\d+: ?(fatal error|GGML_ASSERT|[\w ]*\berror\b)|^(GGML_ASSERT|(CUDA|ROCm|HIP|MUSA|SYCL|Vulkan|Metal) error)\b|: Assertion .* failed|^\S*(Segmentation fault|Illegal instruction|Bus error|Aborted)\b|^(double free|free\(\)|malloc\(\)|munmap_chunk\(\)|corrupted size)|^\*\*\* stack smashing|\{EXCEPTION\}\s*$/i,
  'stack-trace': /^goroutine \d+/i,
  'command-failed': /^Error:/i,

  // Why a model does not load or no longer answers.
  'memory-short': /requires more system memory|not enough memory/i,
  'memory-full':
    /out[ -]of[ -](device )?memory|failed to allocate|allocation failed|cannot allocate memory|std::bad_alloc/i,
  'card-refuses-memory': /(cuda|hip)Malloc failed/i,
  'runner-ended-at-start': /(llama runner|llama-server) process has terminated/i,
  'load-timed-out': /timed out waiting for (llama runner|llama-server)/i,
  'weights-not-loaded': /(error loading|(failed|unable) to load) model\b/i,
  /** A path, and that what lies there is not to be opened; a program or library that is missing is no model. */
  'weights-not-opened':
    /^(?!.*(fork\/exec|shared object|dlopen|llama-server binary|dyld))(.*((failed|unable) to|could( not|n't)|can(not|'t)) (open|access)\b[^/\\]*([a-z]:[\\/]|[/\\])|.*(\b[a-z]:[\\/]|(^|[\s"'`(:])(\/|\\\\)).*(no such file or directory|cannot find the (file|path) specified|syntax is incorrect|(找不到|無法找到)指定的|语法不正确|語法錯誤|Das System kann d|(fichier|chemin d.acc.s) sp.cifi|no puede encontrar|Impossibile trovare|não pode encontrar|Не удается найти|指定された(ファイル|パス)|지정된 (파일|경로)))/is,
  'weights-damaged':
    /not within the file bounds|corrupted or incomplete|exceeds file size|(invalid|bad) (file )?magic|magic (mismatch|number)|failed to read (magic|header|tensor)/i,
  /** Since 0.30 both settings are handed on as they are; before, the cache fell back to f16. */
  'cache-without-flash':
    /V cache (quantization )?(requires flash_attn|was requested, but this requires Flash Attention)/i,
  'cache-type-unfit':
    /cache type \S+ with block size \d+ does not divide|unsupported (KV )?cache type|different K .* cache types/i,
  'model-unsupported': /not supported by your version/i,
  'runner-missing': /llama-server binary not found/i,
  'engine-fails':
    /^(CUDA error|GGML_ASSERT)|(failed|unable) to (create|init(ialize)?|allocate|reserve|open|read) (the )?(context|model|compute|vocab|tensor|buffer|gguf|mmproj|clip|draft|sampler|kv cache|memory)|exiting due to .*error|quantized .?V cache (requires|was requested)/i,
  'runner-ended':
    /(llama runner|llama-server) process no longer running|error was encountered while running the model|POST predict: .*(EOF|connection (refused|reset))|model runner has unexpectedly stopped/i,
  'prompt-too-long': /exceed_context_size|exceeds the available context size|longer than the context length/,
  'model-not-found': /model .+ not found/i,

  // Why a pull failed. Windows says what the system has to say in the user's language, Linux and macOS in English.
  'disk-full':
    /no space left on device|not enough space on the disk|the disk is full|disk quota exceeded|磁盘空间不足|磁碟空間不足|磁[盘碟]已[满滿]|(nicht|kein)\S* .*Speicherplatz|Datenträger voll|espace (disque )?insuffisant|espace insuffisant sur le disque|espacio( en (el )?disco)? (es )?insuficiente|no hay espacio|spazio( su disco)? insufficiente|espaço( em disco| no disco)? insuficiente|não há espaço|Недостаточно места|Недостатньо місця|диск переполнен|空き領域|ディスクがいっぱい|공간이 부족|yeterli (alan|yer) yok|Za mało miejsca|onvoldoende ruimte|není dost(atek)? místa|tillräckligt med utrymme|Không đủ (dung lượng|không gian)/iu,
  'folder-refused':
    /^(?!Error: )(?:.*: )?(open|mkdir|write|read|rename|remove|create|chmod|truncate|stat|lstat|unlink|readlink|CreateFile|fork\/exec) (?!tcp\b|udp\b).+: (permission denied|operation not permitted|access is denied|read-only file system|拒绝访问|存取被拒|访问被拒绝|Zugriff verweigert|Accès refusé|Acceso denegado|Accesso negato|Acesso negado|Отказано в доступе|Відмовлено в доступі|アクセスが拒否され|액세스가 거부|Erişim engellendi|Odmowa dostępu|Toegang geweigerd|Přístup byl odepřen|Åtkomst nekad)/iu,
  /** An operation on a file, then the system's words for what is wrong. */
  'file-not-used':
    /^(?!Error: )(?:.*: )?(open|mkdir|write|read|rename|remove|create|chmod|truncate|sync|close|CreateFile) (?!tcp\b|udp\b)("?(\/|\\\\|[a-z]:[\\/])).+: \S/i,
  'newer-ollama-needed': /pull model manifest: 412|requires a newer version of Ollama/i,
  'registry-refuses':
    /unauthorized|^(pull model manifest: )?(max retries exceeded: )?40[13]\b|access denied|realm host "[^"]*" does not match|unsupported protocol scheme ""/i,
  'registry-busy':
    /^(pull model manifest: )?(max retries exceeded: )?(408|425|429|5\d\d)(:|$)|unexpected status code (429|5\d\d)|too many requests/i,
  'quantization-unknown': /not a valid quantization scheme/i,
  'no-gguf': /repository is not GGUF|not compatible with llama\.cpp|no GGUF file/i,
  'manifest-not-found': /manifest: (file does not exist|404)/i,
  'layer-missing': /^file does not exist$|^max retries exceeded: 404\b/i,
  'name-invalid': /invalid model (name|path)|name .* is invalid/i,
  'download-damaged': /digest mismatch|corrupt/i,
  'registry-plain': /first record does not look like a TLS handshake|HTTP response to HTTPS client/i,
  'registry-odd':
    /pull model manifest: (EOF$|unexpected end of JSON input|invalid character|json: )|no Location header in response|invalid digest|digest is empty/i,
  'proxy-fails': /proxyconnect|proxy authentication required|^(pull model manifest: )?407\b|socks connect/i,
  'registry-unreachable':
    /^(?!(pull model manifest: )?(max retries exceeded: )?\d{3}\b)(?:.*\b(dial|read|write) (tcp|udp)[46]?\b|(.*: )?(Get|Head|Post) "?https?:|.*(net\/http: |no such host|server misbehaving|connection refused|network is unreachable|no route to host|host is down|i\/o timeout|(operation|connection) timed out|TLS handshake|tls: |x509: |certificate|connection reset|forcibly closed|connection attempt failed|broken pipe|http2: |stream error|: EOF$|unexpected EOF$|context deadline exceeded|Client\.Timeout|max retries exceeded$))/is,
  /** It cannot read how far a part is: bare words of its JSON reader (seen on 0.32.15: `EOF`). */
  'part-unreadable': /^(EOF|unexpected EOF|unexpected end of JSON input|invalid character '.*)$/,

  // What a server says of its settings; searched for in a whole log, so without a choice of letters.
  // The whole line, of either kind of logger: a path that somebody asks for can hold all the words of it.
  configuration:
    /^(?:time=\S+ level=INFO (?:source=\S+ )?msg="server config"|[\d/]+ [\d:]+ routes\.go:\d+: INFO server config) env="map\[/,
  'context-by-memory': /vram-based default context/,
  'card-found': /msg="inference compute"/,
  /** In between (seen on 0.24.0) a runner's arguments name the weights alone: the rest is sent to it. */
  'load-request': /\bmsg=load request="\{Operation:commit /,
  'flash-unsupported': /flash attention enabled but not supported/,
  'flash-not-for-model': /flash attention enabled but not supported by model/,
  /** Of the new server and the runner of the old one alike; messages that were left out whole are told to nobody. */
  'prompt-cut': /\btruncating input prompt"? limit=\d+ prompt=\d+/,
  'cache-needs-flash': /quantized kv cache requested but flash attention disabled/,
  'variable-invalid': /invalid environment variable, using default/,
} as const satisfies Record<string, RegExp>

export type KnownLine = keyof typeof knownLines

export const says = (known: KnownLine, text: string): boolean => knownLines[known].test(text)

export const saysOneOf =
  (...known: readonly KnownLine[]) =>
  (text: string): boolean =>
    known.some((one) => says(one, text))
