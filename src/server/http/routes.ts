/** Every route of the API, in one list. */
import { decideRoute, joinRoute, requestsRoute } from '../accounts/joining.ts'
import { accountDataRoute, deleteAccountRoute } from '../accounts/own-account.ts'
import { codeRoute, sessionRoute, signInRoute, signOutRoute, waysRoute } from '../accounts/sign-in.ts'
import { acceptRoute, accountRoute, invitationsRoute, inviteRoute, removeRoute, roleRoute, withdrawRoute } from '../accounts/team-routes.ts'
import { calendarAddressRoute, calendarRoute } from '../labs/calendar-routes.ts'
import { closeCallRoute, inviteTeamRoute, makeLabRoute, openCallRoute, takeTeamOutRoute } from '../labs/lab-routes.ts'
import { offPageRoute, offRoute } from '../labs/mail-choice.ts'
import { photoRoute } from '../photos/photo-route.ts'
import { healthRoute, readyRoute } from './health.ts'
import { historyRoute } from './history.ts'
import { identityRoute } from './identity.ts'
import { metricsRoute } from './metrics-route.ts'
import type { Route } from './route.ts'
import { eventsRoute, syncRoute } from './sync.ts'

export const routes: readonly Route[] = [
  syncRoute,
  eventsRoute,
  historyRoute,
  waysRoute,
  codeRoute,
  signInRoute,
  identityRoute,
  signOutRoute,
  sessionRoute,
  accountRoute,
  accountDataRoute,
  deleteAccountRoute,
  joinRoute,
  requestsRoute,
  decideRoute,
  inviteRoute,
  invitationsRoute,
  withdrawRoute,
  acceptRoute,
  roleRoute,
  removeRoute,
  makeLabRoute,
  openCallRoute,
  closeCallRoute,
  inviteTeamRoute,
  takeTeamOutRoute,
  calendarAddressRoute,
  calendarRoute,
  offPageRoute,
  offRoute,
  photoRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
]
