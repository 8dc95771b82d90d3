/** Where in the app a question is asked: the page that the person came from. */
import type { LocationQuery, Router } from 'vue-router'
import type { OpstapDatabase } from '../../db/database.ts'

export type AskContext = { path: string; title: string; theme: string | null }

/** Pages that say nothing about what a question is about. */
const ABOUT_NOTHING = new Set(['/', '/hulp', '/aanmelden', '/account', '/team', '/wachtrij', '/zoeken'])
const MOST = { path: 300, title: 200 }

/** The page in `?bij=`, with its name and theme; null for none, for one that says nothing, or for an address outside the app. */
export async function contextIn({ bij }: LocationQuery, router: Router, db: OpstapDatabase): Promise<AskContext | null> {
  if (typeof bij !== 'string' || !/^\/(?![/\\])\S*$/.test(bij) || bij.length > MOST.path) return null
  const { matched, path, hash, params, meta } = router.resolve(bij)
  const known = matched.at(-1)?.path
  if (!known || known.includes('(.*)') || ABOUT_NOTHING.has(path) || path.startsWith('/hulp/')) return null
  const id = Object.values(params).at(-1)
  const item = typeof id === 'string' ? await db.items.get(id) : undefined
  if (!item) return { path: path + hash, title: meta.title.slice(0, MOST.title), theme: null }
  const chapter = 'sections' in item ? item.sections.find((section) => `#${section.id}` === hash)?.title : undefined
  const title = chapter && item.kind === 'guide' ? `${item.title}: ${chapter}` : 'title' in item ? item.title : item.name
  const themes = 'themes' in item ? item.themes.filter((theme) => theme !== 'algemeen') : []
  return { path: path + hash, title: title.slice(0, MOST.title), theme: themes.length === 1 ? themes[0]! : null }
}
