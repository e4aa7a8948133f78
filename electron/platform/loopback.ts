/** An address that only this machine can reach. */
export const isLoopback = (address: string) => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(address)

/** Listening on all addresses is no address to call. */
export const isUnspecified = (address: string) => address === '0.0.0.0' || address === '::'
