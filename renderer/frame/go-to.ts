/** Where the palette leads to; `focuses`: what is there takes the focus. */
export type GoTo = (address: string, focuses?: boolean) => void
