import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Counts, Summary } from '../shared/api/types'
import { get } from '../shared/api/http'
import { useFeed } from '../shared/feed/useFeed'
import { belongs, inOrder, type View } from './views'

const PAGE = 50
const counts = ref<Counts>({ mine: 0, waiting: 0, all: 0, held: 0 })

export const useCounts = () => counts

/** One list of the inbox: fetched by pages, kept true by the feed, fetched anew after a reset. */
export function useInbox(view: Ref<View>, words: Ref<string>, me: Ref<string | undefined>) {
  const { feed } = useFeed()
  const found = shallowRef(new Map<string, Summary>())
  const next = ref<string>()
  const loading = ref(false)
  const failure = ref<unknown>()
  let asked = 0

  async function load(more = false): Promise<void> {
    const mine = ++asked
    loading.value = true
    failure.value = undefined
    try {
      const query = {
        view: view.value,
        q: words.value.trim(),
        limit: PAGE,
        ...(more && next.value ? { before: next.value } : {}),
      }
      const page = await get('/api/conversations', { query })
      if (mine !== asked) return
      const kept = more ? [...found.value] : []
      found.value = new Map([...kept, ...page.conversations.map((summary) => [summary.id, summary] as const)])
      next.value = page.next
      counts.value = page.counts
    } catch (failed) {
      if (mine === asked) failure.value = failed
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  /** While searching, only what was found is kept true: the hub alone knows what else would match. */
  function take(summary: Summary): void {
    const known = found.value.has(summary.id)
    const wanted = belongs(view.value, summary, me.value) && (known || words.value.trim() === '')
    if (!known && !wanted) return
    const copy = new Map(found.value)
    if (wanted) copy.set(summary.id, summary)
    else copy.delete(summary.id)
    found.value = copy
  }

  watch([view, words], ([nowView], [wasView]) => {
    if (nowView !== wasView) found.value = new Map()
    void load()
  })
  onScopeDispose(feed.listen({ summary: take, reset: () => void load(), counts: (now) => (counts.value = now) }))
  void load()

  return {
    conversations: computed(() => inOrder(view.value, found.value.values())),
    more: computed(() => next.value !== undefined),
    loading,
    failure,
    load,
  }
}
