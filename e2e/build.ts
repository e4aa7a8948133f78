import { ensureBuilt } from '../build/fresh.mjs'

/** The specs run what is built; it is built anew when a source has changed. */
export default ensureBuilt
