import { onScopeDispose, ref } from 'vue'
import { get, post } from '../shared/api/http'
import type { Decided, Held, HeldDetail } from '../shared/api/types'
import { useFeed } from '../shared/feed/useFeed'
import { useLoad } from '../shared/parts/useLoad'
import { usePages } from '../shared/parts/usePages'

export type Order = 'oldest' | 'newest'
export type Wish = 'release' | 'mask' | 'refuse' | 'answer'

const PAUSE = 200
const PAGE = 50
const MOST = 100

/** The messages that wait for a decision: fetched by pages, and anew whenever something is kept or decided. */
export function useReview() {
  const { feed } = useFeed()
  const order = ref<Order>('oldest')
  const desk = ref('')
  let timer = 0
  let known = 0
  const pages = usePages<Held>(async (after) => {
    const query = {
      order: order.value,
      ...(desk.value ? { desk: desk.value } : {}),
      ...(after ? { after } : {}),
      // Fetched anew, the list is as long as it was.
      limit: after ? PAGE : Math.max(PAGE, Math.min(MOST, known)),
    }
    const page = await get('/api/review', { query })
    known = page.held.length + (after ? known : 0)
    return { rows: page.held, next: page.next }
  })
  const soon = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void pages.load(), PAUSE)
  }
  const stop = feed.listen({ review: soon, reset: soon })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
  void pages.load()

  /** What is decided leaves the list at once; the hub's word follows. */
  function drop(id: string): void {
    pages.rows.value = pages.rows.value.filter((one) => one.id !== id)
  }

  return { ...pages, order, desk, drop }
}

/** One of them with what stands around it; looked at again when its conversation has news. */
export function useHeld(id: string) {
  const { feed } = useFeed()
  const detail = ref<HeldDetail>()
  const one = useLoad(
    () => get('/api/review/{id}', { id }),
    (answer) => (detail.value = answer),
  )
  const stop = feed.listen({
    review: (conversation) => {
      if (conversation === detail.value?.held.conversation.id) void one.load()
    },
    reset: () => void one.load(),
  })
  onScopeDispose(() => stop())
  void one.load()

  return {
    ...one,
    detail,
    decide: (decision: Wish, text?: string) =>
      post('/api/review/{id}/decision', { id, body: { decision, ...(text === undefined ? {} : { text }) } }),
    allow: (line: string) => post('/api/review/{id}/allow', { id, body: { line } }),
    /** Somebody was first. */
    overtaken(decided: Decided): void {
      if (detail.value) detail.value = { ...detail.value, held: { ...detail.value.held, decided } }
    },
  }
}
