/** Where a calendar program finds the dates of a lab for one person; whoever has the address sees them. */
import type { Config } from '../config.ts'

export const calendarAddress = ({ publicUrl }: Pick<Config, 'publicUrl'>, lab: string, token: string): string => `${publicUrl}/api/labs/${lab}/calendar/${token}.ics`
