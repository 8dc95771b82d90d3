import type { LocationQuery } from 'vue-router'

/** The place in the app where the person was (`?terug=`); anything but a path of our own is `/`. */
export function returnPath({ terug }: LocationQuery): string {
  const path = Array.isArray(terug) ? terug[0] : terug
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) && !path.startsWith('/aanmelden') ? path : '/'
}

/** Of an invitation in the mail (`?uitnodiging=`). */
export function invitationIn({ uitnodiging }: LocationQuery): string | null {
  const id = Array.isArray(uitnodiging) ? uitnodiging[0] : uitnodiging
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null
}
