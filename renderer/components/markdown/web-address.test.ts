import { expect, test } from 'vitest'
import { webAddress } from './web-address'

test.each([
  ['https://ollama.com/library', 'https://ollama.com/library'],
  ['http://аррӏе.com/', 'http://xn--80ak6aa92e.com/'], // a name in look-alike letters shows what it is
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['javascript:alert(1)', null],
  [' javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['file:///etc/passwd', null],
  ['app://corral/', null],
  ['//evil.example', null],
  ['#/settings', null],
  ['/settings', null],
  ['', null],
])('the address %j is offered as %j', (address, offered) => expect(webAddress(address)).toBe(offered))
