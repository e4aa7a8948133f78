import { expect, test } from 'vitest'
import { isWebLink } from './web-link'

test.each([
  ['https://ollama.com/library', true],
  ['http://127.0.0.1:11434/', true],
  ['HTTPS://OLLAMA.COM', true],
  ['https://ollama.com@evil.example/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['smb://box/share', false],
  ['ms-msdt:/id', false],
  ['app://corral/index.html', false],
  ['//ollama.com', false],
  ['', false],
])('%s may open in the browser: %s', (url, expected) => expect(isWebLink(url)).toBe(expected))
