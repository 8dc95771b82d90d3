/** What the frame shows for a while; a reload may forget all of it. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { InstallOffer } from './install.ts'

/** Why the screen could not be shown. */
export type Failure =
  | { kind: 'crash' }
  /** A part of the app could not be loaded; `path` is where the person wanted to go. */
  | { kind: 'part'; path: string }
  /** The device's database cannot be opened. */
  | { kind: 'store'; message: string }

/**
 * `evicted`: the browser wiped the storage of someone who was signed in; `back`: what the server has is coming back.
 * `clock`: offset in ms. `sealed`: someone else is signed in now, and work of the one before waits here.
 */
export type DeviceNotice = { kind: 'evicted'; back: boolean } | { kind: 'clock'; offset: number } | { kind: 'sealed'; name: string; by: string }

export const useShellState = defineStore('shell', () => {
  const failure = shallowRef<Failure | null>(null)
  /** An action went wrong while the screen stayed. */
  const mishap = shallowRef(false)
  const updateReady = shallowRef(false)
  const install = shallowRef<InstallOffer | null>(null)
  const device = shallowRef<DeviceNotice | null>(null)
  return { failure, mishap, updateReady, install, device }
})
