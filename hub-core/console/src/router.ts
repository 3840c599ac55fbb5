import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from './session/useSession'
import { Refused, Unreachable } from './shared/api/http'

declare module 'vue-router' {
  interface RouteMeta {
    /** A key of the message files. */
    title?: string
    /** Seen without the shell, before or between sessions. */
    gate?: boolean
    /** Which of the things I may do opens this page. */
    needs?: keyof ReturnType<typeof useSession>['may']['value']
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./session/SignIn.vue'), meta: { gate: true, title: 'session.signIn' } },
  {
    path: '/password',
    component: () => import('./session/ChangePassword.vue'),
    meta: { gate: true, title: 'session.changeTitle' },
  },
  { path: '/', redirect: () => (useSession().may.value.talk ? '/inbox/mine' : '/knowledge') },
  { path: '/inbox', redirect: '/inbox/mine' },
  {
    path: '/inbox/:view(mine|waiting|all)/:id?',
    name: 'inbox',
    component: () => import('./inbox/InboxPage.vue'),
    meta: { title: 'shell.rooms.inbox', needs: 'talk' },
  },
  {
    path: '/review/:id?',
    name: 'review',
    component: () => import('./review/ReviewPage.vue'),
    meta: { title: 'shell.rooms.review', needs: 'review' },
  },
  {
    path: '/review-rules',
    component: () => import('./review/RulesPage.vue'),
    meta: { title: 'review.rules.title', needs: 'review' },
  },
  {
    path: '/knowledge',
    component: () => import('./knowledge/KnowledgePage.vue'),
    meta: { title: 'shell.rooms.knowledge' },
    children: [
      { path: '', name: 'entries', component: () => import('./knowledge/EntriesTab.vue') },
      { path: 'documents', name: 'documents', component: () => import('./knowledge/DocumentsTab.vue') },
      { path: 'proposals', name: 'proposals', component: () => import('./knowledge/ProposalsTab.vue') },
      { path: 'unanswered', name: 'unanswered', component: () => import('./knowledge/UnansweredTab.vue') },
    ],
  },
  {
    path: '/knowledge/entry/:id',
    name: 'entry',
    component: () => import('./knowledge/EntryPage.vue'),
    meta: { title: 'shell.rooms.knowledge' },
  },
  {
    path: '/knowledge/document/:id',
    name: 'document',
    component: () => import('./knowledge/DocumentPage.vue'),
    meta: { title: 'shell.rooms.knowledge' },
  },
  {
    path: '/people',
    component: () => import('./people/PeoplePage.vue'),
    meta: { title: 'shell.rooms.people', needs: 'administer' },
  },
  {
    path: '/channels',
    component: () => import('./channels/ChannelsPage.vue'),
    meta: { title: 'shell.rooms.channels' },
  },
  {
    path: '/models/:tab(deployments|aliases|rules|budgets|prices|usage)?',
    component: () => import('./models/ModelsPage.vue'),
    meta: { title: 'shell.rooms.models', needs: 'spending' },
  },
  {
    path: '/plugins/:tab(filters|responders|translators)?',
    component: () => import('./plugins/PluginsPage.vue'),
    meta: { title: 'shell.rooms.plugins', needs: 'administer' },
  },
  {
    path: '/playground',
    component: () => import('./filters/PlaygroundPage.vue'),
    meta: { title: 'shell.rooms.playground', needs: 'tryFilters' },
  },
  {
    path: '/audit',
    component: () => import('./audit/AuditPage.vue'),
    meta: { title: 'shell.rooms.audit', needs: 'audit' },
  },
  {
    path: '/settings',
    component: () => import('./settings/SettingsPage.vue'),
    meta: { title: 'shell.rooms.settings' },
  },
  { path: '/:rest(.*)*', component: () => import('./shared/shell/NotFound.vue') },
]

export const router = createRouter({ history: createWebHistory(import.meta.env.BASE_URL), routes })

let asked = false

router.beforeEach(async (to) => {
  const { session, may, resume } = useSession()
  if (!asked) {
    asked = true
    try {
      await resume()
    } catch (failure) {
      if (!(failure instanceof Refused || failure instanceof Unreachable)) throw failure
    }
  }
  if (!session.value)
    return to.path === '/sign-in' || { path: '/sign-in', query: to.path === '/' ? {} : { to: to.fullPath } }
  if (session.value.mustChangePassword) return to.path === '/password' || '/password'
  if (to.path === '/sign-in') return '/'
  if (to.meta.needs && !may.value[to.meta.needs]) return '/'
  return true
})
