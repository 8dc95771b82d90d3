/** Requests of older apps brought to the form of this server, and its answers to the form that they read (SYNC, rule 10). */
import { PROTOCOL_VERSION } from './sync.ts'

type Json = Record<string, unknown>

/** Between one version and the next. An app that cannot read the answer would never empty its outbox: so both ways. */
type Step = { request: (older: Json) => Json; answer: (newer: Json) => Json }

/** By the older of the two versions. A step is kept for 24 months after the last release of that version. */
export const protocolSteps = new Map<number, Step>()

/** The oldest version that may still send. */
export function oldestProtocol(): number {
  let oldest = PROTOCOL_VERSION
  while (protocolSteps.has(oldest - 1)) oldest -= 1
  return oldest
}

/** `body` of a request of version `proto`, which is at least `oldestProtocol()`. Throws what a step throws. */
export function upcastRequest(body: Json, proto: number): Json {
  let current = body
  for (let version = proto; version < PROTOCOL_VERSION; version += 1) current = { ...protocolSteps.get(version)!.request(current), proto: version + 1 }
  return current
}

export function downcastAnswer<A extends Json>(answer: A, proto: number): A {
  let current: Json = answer
  for (let version = PROTOCOL_VERSION - 1; version >= proto; version -= 1) current = protocolSteps.get(version)!.answer(current)
  return current as A
}
