import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/hulp', name: 'help', component: () => import('./HelpScreen.vue'), meta: { title: 'Hulp' } },
  {
    path: '/hulp/helpdesk',
    component: () => import('./DeskScreen.vue'),
    meta: { title: 'Helpdesk' },
    children: [
      { path: '', name: 'desk', component: () => import('./DeskQueue.vue'), meta: { title: 'Helpdesk' } },
      { path: 'kennisbank', name: 'deskProposals', component: () => import('./DeskProposals.vue'), meta: { title: 'Voorstellen voor de kennisbank' } },
      { path: 'jaarcijfers', name: 'deskFigures', component: () => import('./DeskFigures.vue'), meta: { title: 'Jaarcijfers van de helpdesk' } },
      { path: ':question', name: 'deskQuestion', component: () => import('./DeskQuestion.vue'), meta: { title: 'Vraag aan de helpdesk' } },
    ],
  },
  { path: '/hulp/:question', name: 'question', component: () => import('./QuestionPage.vue'), meta: { title: 'Je vraag' } },
]
