/** All that is known about a theme, gathered over the kinds of content. */
import type { PackedThemePage, Theme } from '../../../domain/content.ts'
import { itemsNamed, itemsOf } from '../../db/content.ts'
import type { OpstapDatabase, StoredItem } from '../../db/database.ts'
import { groupsOf, type ItemGroup } from './item-groups.ts'

/** `first` is what the page itself points at, and then what else carries the theme; `more` is for who wants all of it. */
export type HubGroup = ItemGroup & { more: ItemGroup['items'] }

/** How many of one kind are shown at once. */
const SHOWN = 5
const gathered = ['task', 'guide', 'figure', 'practice', 'supportOffer', 'themeDay'] as const

export async function readHub(db: OpstapDatabase, page: PackedThemePage): Promise<HubGroup[]> {
  const linked = await itemsNamed(db, page.links)
  const all = (await Promise.all(gathered.map((kind) => itemsOf(db, kind)))).flat() as unknown as StoredItem[]
  const named = new Set(page.links)
  const others = all.filter((item) => !named.has(item.id) && 'themes' in item && sharesTheme(item.themes, page.themes))
  return groupsOf([...linked, ...others]).map((group) => {
    const pointedAt = group.items.filter(({ id }) => named.has(id)).length
    const shown = Math.max(SHOWN, pointedAt)
    return { ...group, items: group.items.slice(0, shown), more: group.items.slice(shown) }
  })
}

/** What is about everything is about no theme in particular. */
const sharesTheme = (themes: readonly Theme[], wanted: readonly Theme[]) => themes.some((theme) => theme !== 'algemeen' && wanted.includes(theme))
