/** Numbers as people here write them: `12.000`, `2,35`, `75 %`. */
const LOCALE = 'nl-BE'
const NBSP = '\u00a0'
const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 })
const oneDecimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 })

export const numberWords = (value: number): string => plain.format(value)

/** `75 %`, from 75. */
export const percentWords = (value: number): string => `${oneDecimal.format(value)}${NBSP}%`

/** `45 min`, `1 uur`, `1 uur 30 min`. */
export function minutesWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = Math.round(minutes % 60)
  const parts = [hours > 0 ? `${hours}${NBSP}uur` : '', rest > 0 || hours === 0 ? `${rest}${NBSP}min` : '']
  return parts.filter(Boolean).join(' ')
}

/** `812 bytes`, `12 kB`, `1,4 MB`; decimal, as storage is sold. */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes}${NBSP}${bytes === 1 ? 'byte' : 'bytes'}`
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)}${NBSP}kB`
  return bytes < 999_950_000 ? `${oneDecimal.format(bytes / 1e6)}${NBSP}MB` : `${oneDecimal.format(bytes / 1e9)}${NBSP}GB`
}
