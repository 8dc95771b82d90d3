/** The time on the clocks here, for what is planned by day and hour: sessions, dates of assignments, calendar files. */
const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short', timeStyle: 'medium' })

/** `2026-05-12` and `17:00:00`. */
export function clockOf(moment: number): { day: string; time: string } {
  const [day = '', time = ''] = parts.format(moment).split(' ')
  return { day, time }
}

/** The moment at which the clocks here show this, in ms. In the hour that does not exist in spring it is an hour later. */
export function momentAt(day: string, time: string): number {
  const asUtc = Date.parse(`${day}T${time}Z`)
  const offsetAt = (moment: number) => {
    const { day: shown, time: clock } = clockOf(moment)
    return Date.parse(`${shown}T${clock}Z`) - moment
  }
  const guess = asUtc - offsetAt(asUtc)
  return asUtc - offsetAt(guess)
}
