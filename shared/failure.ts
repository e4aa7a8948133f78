/** Every way an operation can fail on purpose; the page's two sentences for each lie in i18n under the same key. */
export const failures = {
  ollamaNotFound: { status: 404 },
  fileNotFound: { status: 404 },
  binaryNotOllama: { status: 400 },
  serverNotReady: { status: 503 },
  serverNotAnswering: { status: 504 },
  serverBusy: { status: 503 },
  serverConnectionLost: { status: 502 },
  serverRestarted: { status: 409 },
  serverStopped: { status: 409 },
  serverDidNotStart: { status: 500 },
  serverNotOurs: { status: 409 },
  portTaken: { status: 409 },
  settingInvalid: { status: 400 },
  variableRefused: { status: 400 },
  ollamaFailed: { status: 502 },
  answerTooLarge: { status: 502 },
  relayFailed: { status: 502 },
  nameNotFound: { status: 502 },
  cannotConnect: { status: 502 },
  redirected: { status: 502 },
  websiteNotApi: { status: 502 },
  notThisProtocol: { status: 502 },
  keyRefused: { status: 401 },
  outOfCredit: { status: 402 },
  quotaUsedUp: { status: 402 },
  rateLimited: { status: 429 },
  unknownModel: { status: 404 },
  contextTooLong: { status: 413 },
  contentFiltered: { status: 400 },
  badRequest: { status: 400 },
  firstTokenTimeout: { status: 504 },
  stalled: { status: 504 },
  tlsFailed: { status: 502 },
  ollamaTooOld: { status: 412 },
  backendNotFound: { status: 404 },
  modelNotFound: { status: 404 },
  modelNameInvalid: { status: 400 },
  modelTooLarge: { status: 507 },
  modelDidNotLoad: { status: 500 },
  modelFileDamaged: { status: 500 },
  modelFileNotOpened: { status: 500 },
  cacheNeedsFlash: { status: 500 },
  cacheTypeUnfit: { status: 500 },
  loadTimedOut: { status: 500 },
  runnerEnded: { status: 502 },
  registryUnreachable: { status: 502 },
  registryRefused: { status: 401 },
  registryBusy: { status: 503 },
  registryOdd: { status: 502 },
  registryNotSecure: { status: 502 },
  quantizationUnknown: { status: 404 },
  noGguf: { status: 422 },
  layerMissing: { status: 404 },
  downloadDamaged: { status: 502 },
  partsDamaged: { status: 502 },
  diskFull: { status: 507 },
  folderRefused: { status: 403 },
  folderFailed: { status: 500 },
  modelsFolderUnknown: { status: 404 },
  pullFailed: { status: 502 },
  chatNotFound: { status: 404 },
  answerRunning: { status: 409 },
  answerEndedEarly: { status: 502 },
  modelOnlyLoaded: { status: 502 },
  hostEndedDuringAnswer: { status: 500 },
  hostEndedBeforeAnswer: { status: 500 },
  promptTooLong: { status: 413 },
  runNotFound: { status: 404 },
  runRunning: { status: 409 },
  planInvalid: { status: 400 },
  generatorDied: { status: 500 },
  runBroken: { status: 500 },
  dataFolderLocked: { status: 423 },
  dataFolderNewer: { status: 409 },
  recordNewer: { status: 409 },
  recordBroken: { status: 500 },
  notOnThisHost: { status: 405 },
} as const

export type FailureCode = keyof typeof failures

/** An expected failure: the page shows what happened and what to do for its code, `detail` folded below. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly detail?: string,
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'Failure'
  }

  /** Whatever was thrown, as a failure: what is none yet becomes the fallback and says its own words. */
  static from(error: unknown, fallback: FailureCode): Failure {
    return error instanceof Failure ? error : new Failure(fallback, String(error))
  }

  /** What a page may be told of it: the detail is what programs and servers said, and they print secrets. */
  report(redact: (text: string) => string): { code: FailureCode; detail?: string } {
    return this.detail === undefined ? { code: this.code } : { code: this.code, detail: redact(this.detail) }
  }
}
