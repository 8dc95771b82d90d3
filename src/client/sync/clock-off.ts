/** From here on a device's clock is worth a word: in ms between it and the server's. The order of work holds in any case. */
export const CLOCK_OFF_MS = 5 * 60_000
