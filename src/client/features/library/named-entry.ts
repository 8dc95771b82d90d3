/** A list of entries that open, each with an address of its own. */
import { nextTick, watch } from 'vue'
import { useRoute } from 'vue-router'
import { whenSeen } from '../../ui/first-screen.ts'

/** An address that names an entry opens it and puts the reader there, as soon as the list is `there`. */
export function openNamedEntry(there: () => boolean): void {
  const route = useRoute()
  watch(
    () => [route.hash, there()] as const,
    async ([hash, ready]) => {
      if (!ready || !hash) return
      await whenSeen()
      await nextTick()
      const entry = document.getElementById(decodeURIComponent(hash.slice(1)))
      const details = entry instanceof HTMLDetailsElement ? entry : entry?.querySelector('details')
      if (!details) return
      details.open = true
      details.querySelector('summary')?.focus({ preventScroll: true })
    },
    { immediate: true },
  )
}
