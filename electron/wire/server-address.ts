/** Where the server answers; null while it does not. */
export type ServerAddress = { baseUrl: string; version: string | null; isSimulated: boolean } | null
