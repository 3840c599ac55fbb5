import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { useSession } from '../session/useSession'
import { get, post, Refused } from '../shared/api/http'
import type { Author, Detail, FeedEvent } from '../shared/api/types'
import { useFeed } from '../shared/feed/useFeed'
import { Growth } from './growing'
import { mayPass, outbox, type Pending } from './outbox'
import { useLanguages } from '../translation/useLanguages'
import { append, emptyTimeline, prepend } from './timeline'

const PAGE = 60
const TYPING_ENDS = 6_000

/** One open conversation: what was said, who has it, and what can be done in it. */
export function useConversation(id: string) {
  const { feed, line } = useFeed()
  const { person } = useSession()
  const detail = ref<Detail>()
  const timeline = reactive(emptyTimeline())
  const failure = ref<unknown>()
  const older = ref(false)
  const loadingOlder = ref(false)
  const typing = ref<Author>()
  const growth = reactive(new Growth())
  const unreadAfter = ref(Number.MAX_SAFE_INTEGER)
  const languages = useLanguages(id)
  /** What is already in the timeline is shown there. A note's event does not name its cid; it may come before the answer. */
  const pending = computed(() => {
    const notes = timeline.items.flatMap((item) => (item.kind === 'note' ? [item.note] : []))
    const ids = new Set(notes.map((note) => note.id))
    const last = notes.at(-1)
    const isBack = (one: Pending) =>
      one.storedAs === undefined
        ? one.note && one.state === 'sending' && last?.text === one.text && last.author.id === person.value?.id
        : ids.has(one.storedAs)
    return outbox.of(id).filter((one) => !isBack(one))
  })
  const mine = computed(() => detail.value?.mode === 'agent' && detail.value.assignee?.id === person.value?.id)
  let unwatch = () => {}
  let typingTimer = 0
  let firstFeed = 0
  let gone = false

  async function load(): Promise<void> {
    failure.value = undefined
    void languages.load()
    try {
      const [about, page] = await Promise.all([
        get('/api/conversations/{id}', { id }),
        get('/api/conversations/{id}/events', { id, query: { limit: PAGE } }),
      ])
      if (gone) return
      Object.assign(timeline, emptyTimeline(), { customerRead: about.customerReadSeq, agentRead: about.agentReadSeq })
      unreadAfter.value = about.agentReadSeq
      detail.value = about
      growth.begin(about.mode === 'bot')
      page.events.forEach(take)
      firstFeed = page.events[0]?.feed ?? 0
      older.value = page.more
      unwatch = feed.watch(id, page.events.at(-1)?.feed ?? page.lastFeed, {
        event: take,
        typing: hear,
        draft: (answer, text) => growth.drafted(answer, text),
        working: (answer, on, words) => growth.works(answer, on, words),
      })
    } catch (failed) {
      failure.value = failed
    }
  }

  function take(event: FeedEvent): void {
    append(timeline, event)
    growth.take(event)
    const about = detail.value
    if (event.kind === 'message' || event.kind === 'note') {
      const said = event.kind === 'message' ? event.message : event.note
      if (said.cid) outbox.settle(id, said.cid)
      if (event.kind === 'message' && said.author.kind === 'customer') typing.value = undefined
    } else if (event.kind === 'state' && about) {
      about.mode = event.mode
      about.assignee = event.mode === 'agent' ? (event.assignee ?? about.assignee) : undefined
    } else if (event.kind === 'languages') {
      void languages.load()
    } else if (event.kind === 'assigned' && about) {
      about.assignee = event.assignee
    }
  }

  function hear(author: Author, on: boolean): void {
    if (author.kind === 'agent' && author.id === person.value?.id) return
    clearTimeout(typingTimer)
    typing.value = on ? author : undefined
    if (on) typingTimer = window.setTimeout(() => (typing.value = undefined), TYPING_ENDS)
  }

  async function loadOlder(): Promise<void> {
    if (!older.value || loadingOlder.value) return
    loadingOlder.value = true
    try {
      const page = await get('/api/conversations/{id}/events', { id, query: { before: firstFeed, limit: PAGE } })
      prepend(timeline, page.events)
      firstFeed = page.events[0]?.feed ?? firstFeed
      older.value = page.more && page.events.length > 0
    } finally {
      loadingOlder.value = false
    }
  }

  /** Does it and shows what came of it; where somebody else was faster, shows who has it now. */
  async function change(call: () => Promise<Detail>): Promise<void> {
    try {
      keep(await call())
    } catch (failed) {
      if (failed instanceof Refused && failed.status === 409) keep(await get('/api/conversations/{id}', { id }))
      throw failed
    }
  }

  function keep(about: Detail): void {
    detail.value = about
  }

  let reading = 0
  async function markRead(): Promise<void> {
    const upTo = timeline.lastSeq
    if (!mine.value || upTo <= Math.max(reading, timeline.agentRead)) return
    const before = reading
    reading = upTo
    await post('/api/conversations/{id}/read', { id, body: { upTo } }).catch(() => (reading = before))
  }

  /** Nothing that has come back stays in the outbox, or it would be there again after the next visit. */
  function settleNotes(): void {
    const left = new Set(pending.value)
    for (const one of [...outbox.of(id)]) if (one.state === 'sent' && !left.has(one)) outbox.settle(id, one.cid)
  }

  const stops = [
    watch(pending, settleNotes),
    feed.listen({
      summary(summary) {
        if (summary.id !== id || !detail.value) return
        if (summary.language !== detail.value.language) void languages.load()
        detail.value = { ...detail.value, ...summary, assignee: summary.assignee }
      },
    }),
    watch(line, (now) => {
      if (now === 'live' && pending.value.some((one) => one.state === 'failed' && mayPass(one.failure)))
        outbox.retry(id)
    }),
  ]
  onScopeDispose(() => {
    gone = true
    unwatch()
    stops.forEach((stop) => stop())
    clearTimeout(typingTimer)
  })
  void load()

  return {
    detail,
    timeline,
    failure,
    older,
    loadingOlder,
    typing,
    growth,
    unreadAfter,
    languages,
    pending,
    mine,
    load,
    loadOlder,
    markRead,
    take: (force = false) => change(() => post('/api/conversations/{id}/take', { id, body: { force } })),
    handBack: () => change(() => post('/api/conversations/{id}/hand-back', { id })),
    close: () => change(() => post('/api/conversations/{id}/close', { id })),
    sayTyping: (on: boolean) => void post('/api/conversations/{id}/typing', { id, body: { on } }).catch(() => {}),
  }
}

export type Conversation = ReturnType<typeof useConversation>
