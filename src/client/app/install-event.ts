/** The event with which Chromium says that it can install; not in TypeScript's library. */
export type InstallEvent = Event & { prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }> }

let latest: InstallEvent | null = null
let follow: ((event: InstallEvent) => void) | undefined

/** From the very start, because the browser says it only once. */
export function keepInstallEvent(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    latest = event as InstallEvent
    follow?.(latest)
  })
}

export const installEvent = (): InstallEvent | null => latest

export function onInstallEvent(use: (event: InstallEvent) => void): void {
  follow = use
}
