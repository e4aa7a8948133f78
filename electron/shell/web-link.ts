/** Whether a link is for a browser: http or https, without a name and password that would disguise where it leads. */
export function isWebLink(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}
