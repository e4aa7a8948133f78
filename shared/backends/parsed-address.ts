/** An address in its parts, as both sides parse it alike. */
export type ParsedAddress = {
  readonly href: string
  readonly protocol: string
  readonly hostname: string
  readonly username: string
  readonly password: string
  pathname: string
  hash: string
}

/** Node and browsers have the same class; the types of `shared/` know neither of the two. */
const { URL: AddressParser } = globalThis as unknown as { URL: new (address: string) => ParsedAddress }

/** Null where it is no address. */
export function parsedAddress(text: string): ParsedAddress | null {
  try {
    return new AddressParser(text)
  } catch {
    return null
  }
}
