import type { HostDescription } from '../shared/contract/host'

/** What the host in front of the services can do; the web host says no to most of it. */
export type Host = {
  description: HostDescription
  /** Shows a folder in the file manager. */
  openFolder(folder: string): Promise<void>
  /** Lets the user choose a file; null when they think better of it. */
  pickFile(title: string): Promise<string | null>
}
