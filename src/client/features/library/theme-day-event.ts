/** A theme day as an event in someone's own calendar. */
import type { DayEvent } from '../../../domain/calendar-file.ts'
import { contentPath } from '../../../domain/content-path.ts'
import type { PackedThemeDay } from '../../../domain/content.ts'
import { blocksIn } from '../../../domain/plain-text.ts'
import { reminderDays, type Occurrence } from '../../../domain/theme-days.ts'

/** `origin`: where this app lives, so that the event leads back to it. */
export function eventOf(day: PackedThemeDay, next: Occurrence, now: number, origin: string): DayEvent {
  const sections = day.sections.map(({ title, html }) => [title, ...blocksIn(html).map((block) => `- ${block}`)].join('\n'))
  return {
    uid: `${day.id}-${next.from.slice(0, 4)}@opstap`,
    sequence: day.version - 1,
    title: day.title,
    description: [day.summary, ...sections, `${origin}${contentPath(day)}`].join('\n\n'),
    from: next.from,
    to: next.to,
    made: now,
    remindDaysBefore: reminderDays(next),
  }
}
