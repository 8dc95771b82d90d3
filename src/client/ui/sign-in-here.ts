import type { InjectionKey } from 'vue'

/** Opens signing in over the screen where the person is; the app provides it. */
export const signInHereKey: InjectionKey<() => void> = Symbol('sign-in-here')
