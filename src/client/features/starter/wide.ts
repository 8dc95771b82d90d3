import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** There is room for the list beside the detail. */
export function useWide(): Readonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 1024px)')
  const wide = ref(query.matches)
  const follow = () => (wide.value = query.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(wide)
}
