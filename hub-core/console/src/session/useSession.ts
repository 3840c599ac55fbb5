import { computed, ref } from 'vue'
import type { Role, Session } from '../shared/api/types'
import { credentials, get, patch, post, remove } from '../shared/api/http'
import { isChosen, languageTag, speak, type Locale } from '../shared/i18n/i18n'
import { useFeed } from '../shared/feed/useFeed'

const session = ref<Session>()
const { feed } = useFeed()
/** Whether the organisation lets agents decide about what filters hold. */
const agentsReview = ref(false)

const person = computed(() => session.value?.person)
const roles = computed<Role[]>(() => person.value?.roles ?? [])
const has = (...wanted: Role[]) => wanted.some((role) => roles.value.includes(role))

/** What my roles allow; the hub checks it again at each call. */
const may = computed(() => ({
  talk: has('owner', 'admin', 'supervisor', 'agent'),
  force: has('owner', 'admin', 'supervisor'),
  write: has('owner', 'admin', 'supervisor'),
  /** Try what filters make of a message, without setting them up. */
  tryFilters: has('supervisor') && !has('owner', 'admin'),
  review: has('owner', 'admin', 'supervisor') || (agentsReview.value && has('agent')),
  administer: has('owner', 'admin'),
  appointOwners: has('owner'),
  audit: has('owner', 'admin', 'auditor'),
  spending: has('owner', 'admin', 'auditor'),
}))

function begin(begun: Session): void {
  credentials.setCsrf(begun.csrf)
  session.value = begun
  if (!isChosen()) speak(begun.person.language === 'en' ? 'en' : 'zh', false)
  if (!begun.mustChangePassword && may.value.talk) feed.start()
}

function end(): void {
  feed.stop()
  session.value = undefined
  credentials.setCsrf('')
}

async function resume(): Promise<void> {
  begin(await get('/api/session'))
}

async function signIn(name: string, password: string): Promise<void> {
  begin(await post('/api/session', { body: { name, password } }))
}

/** Changes my password, and where it is given also what colleagues and customers call me. */
async function changePassword(old: string, next: string, name?: string): Promise<void> {
  begin(await post('/api/session/password', { body: { old, new: next, ...(name === undefined ? {} : { name }) } }))
}

async function signOut(): Promise<void> {
  await remove('/api/session').catch(() => {})
  end()
}

/** Speaks the language at once, and tells the hub, so that the next browser does too. */
async function chooseLanguage(locale: Locale): Promise<void> {
  speak(locale)
  const language = languageTag(locale) as Session['person']['language']
  const me = person.value
  if (!me || me.managedBy || session.value?.mustChangePassword) return
  await patch('/api/people/{id}', { id: me.id, body: { language } }).catch(() => {})
}

/** Who is signed in, and what they may do. */
export function useSession() {
  return { session, person, may, agentsReview, resume, signIn, changePassword, signOut, end, chooseLanguage }
}
