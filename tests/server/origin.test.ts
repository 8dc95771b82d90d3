import { describe, expect, test } from 'vitest'
import { addressOf, isForeign, isLocalHost } from '../../src/server/http/origin.ts'

const request = (headers: Record<string, string> = {}, method = 'POST') => new Request('http://localhost:3000/api/x', { method, headers })

describe('the address of a device', () => {
  test.each([
    ['of a direct connection is its own, whatever it claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['behind a proxy in the own network is what the proxy adds', '10.0.0.2', '203.0.113.9', '203.0.113.9'],
    ['is the last one outside: what stands before it the device wrote itself', '127.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.5', '203.0.113.9'],
    ['may be of the sixth version', '::1', '2001:db8::7', '2001:db8::7'],
    ['is written in one way when it is mapped', '::ffff:203.0.113.9', '', '203.0.113.9'],
    ['that is nonsense does not count', '::ffff:192.168.1.4', "'; drop table, <x>", '192.168.1.4'],
    ['that nobody knows has one name', undefined, '', 'unknown'],
  ] as const)('%s', (_name, peer, forwarded, expected) => {
    expect(addressOf(request(forwarded ? { 'x-forwarded-for': forwarded } : {}), peer)).toBe(expected)
  })
})

test('outside production the app may be open on another device of the own network', () => {
  const developer = { publicUrl: 'http://localhost:3000', production: false }
  const fromPhone = request({ origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' })
  expect(isForeign(fromPhone, developer)).toBe(false)
  expect(isForeign(fromPhone, { publicUrl: 'https://opstap.example', production: true })).toBe(true)
  expect(isForeign(request({ origin: 'http://192.168.1.6:3000', host: '192.168.1.5:3000' }), developer)).toBe(true)
})

test('reading is never foreign, and a program without a browser is not either', () => {
  const config = { publicUrl: 'https://opstap.example', production: true }
  expect(isForeign(request({ origin: 'https://evil.example' }, 'GET'), config)).toBe(false)
  expect(isForeign(request(), config)).toBe(false)
})

test.each([
  ['localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['[::1]:3000', true],
  ['evil.example:3000', false],
  ['localhost.evil.example', false],
  ['192.168.1.5:3000', false],
])('a request for %s is for this computer: %s', (host, local) => {
  expect(isLocalHost(request({ host }))).toBe(local)
})
