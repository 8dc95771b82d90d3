/** Lines of news that someone put away on this device. */
import type { OpstapDatabase } from './database.ts'

const CHOICE = 'dismissedNews'
/** Enough to cover what can be new between two visits; older ones no longer count. */
const KEEP = 200

export const readDismissed = async (db: OpstapDatabase): Promise<ReadonlySet<string>> => new Set(dismissedIn(await db.read('choices')))

function dismissedIn(choices: Record<string, string> | undefined): string[] {
  const written: unknown = JSON.parse(choices?.[CHOICE] ?? '[]')
  return Array.isArray(written) ? written.filter((id) => typeof id === 'string') : []
}

export async function dismissNews(db: OpstapDatabase, id: string): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const choices = await db.read('choices')
    const dismissed = [...dismissedIn(choices), id].slice(-KEEP)
    await db.write('choices', { ...choices, [CHOICE]: JSON.stringify(dismissed) })
  })
}
