import { nextTick } from 'vue'

/** The button that had focus is gone, or its row is: keyboard and screen reader go on at this element (`tabindex="-1"`). */
export async function moveFocus(id: string): Promise<void> {
  await nextTick()
  document.getElementById(id)?.focus()
}
