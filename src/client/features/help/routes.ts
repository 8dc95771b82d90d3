import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])
const desk = (name: keyof typeof import('./desk-screens.ts')) => () => import('./desk-screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: '/hulp', name: 'help', component: screen('HelpScreen'), meta: { title: 'Hulp' } },
  {
    path: '/hulp/helpdesk',
    component: desk('DeskScreen'),
    meta: { title: 'Helpdesk' },
    children: [
      { path: '', name: 'desk', component: desk('DeskQueue'), meta: { title: 'Helpdesk' } },
      { path: 'kennisbank', name: 'deskProposals', component: desk('DeskProposals'), meta: { title: 'Voorstellen voor de kennisbank' } },
      { path: 'jaarcijfers', name: 'deskFigures', component: desk('DeskFigures'), meta: { title: 'Jaarcijfers van de helpdesk' } },
      { path: ':question', name: 'deskQuestion', component: desk('DeskQuestion'), meta: { title: 'Vraag aan de helpdesk' } },
    ],
  },
  { path: '/hulp/:question', name: 'question', component: screen('QuestionPage'), meta: { title: 'Je vraag' } },
]
