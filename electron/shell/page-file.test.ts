import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { contentType, isOurs, pageFile } from './page-file'

const folder = resolve('page')

test.each([
  ['app://corral/', 'index.html'],
  ['app://corral/index.html', 'index.html'],
  ['app://corral/index.html#/models', 'index.html'],
  ['app://corral/assets/main-abc.js?v=1', 'assets/main-abc.js'],
])('%s is a file of the page', (url, file) => expect(pageFile(url, folder)).toBe(join(folder, file)))

test.each([
  'app://corral/..%2fpackage.json',
  'app://corral/assets/..%2f..%2fpackage.json',
  'app://corral/..%5cpackage.json',
  'app://corral/%2fetc%2fpasswd/../..%2f..',
  'app://corral/C:%5cWindows',
  'app://corral/.env',
  'app://corral/index.html%00.js',
  'app://corral/%E0%A4%A',
  'app://other/index.html',
  'app://corral.evil/index.html',
  'app://corral:80/index.html',
  'file:///etc/passwd',
  'https://corral/index.html',
  'nothing',
])('%s is refused', (url) => expect(pageFile(url, folder)).toBeNull())

test('an address that a browser tidies up stays inside the folder', () => {
  expect(pageFile('app://corral//etc/passwd', folder)).toBe(join(folder, 'etc/passwd'))
  expect(pageFile('app://corral/../%2e%2e/package.json', folder)).toBe(join(folder, 'package.json'))
})

test('only our own page is ours', () => {
  expect(isOurs('app://corral/index.html#/models')).toBe(true)
  expect(isOurs('blob:app://corral/1')).toBe(false)
  expect(isOurs('app://corral@evil/')).toBe(false)
})

test('a kind of file that the page does not have has no type', () => {
  expect(contentType('index.html')).toContain('text/html')
  expect(contentType('key.pem')).toBeNull()
})
