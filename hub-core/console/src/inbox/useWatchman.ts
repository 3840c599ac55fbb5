import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '../session/useSession'
import { useAlerts } from '../shared/alerts/alerts'
import { get } from '../shared/api/http'
import type { Summary } from '../shared/api/types'
import { useFeed } from '../shared/feed/useFeed'
import { useCounts } from './useInbox'
import { belongs } from './views'

/**
 * Watches over the whole inbox, whatever page is open: keeps the number in the tab's title, and rings when somebody begins
 * to wait or a customer of mine writes while I look elsewhere.
 */
export function useWatchman(): void {
  const { feed } = useFeed()
  const { person, may, agentsReview } = useSession()
  const { waiting, unread, allowed, ring } = useAlerts()
  const route = useRoute()
  const counts = useCounts()
  const mine = ref(new Map<string, Summary>())
  const seenWaiting = new Set<string>()

  const looking = (id: string) => document.hasFocus() && route.params.id === id

  function take(summary: Summary): void {
    if (summary.mode !== 'waiting') seenWaiting.delete(summary.id)
    else if (!seenWaiting.has(summary.id)) {
      seenWaiting.add(summary.id)
      ring('waiting')
    }
    const before = mine.value.get(summary.id)?.unread ?? 0
    if (!belongs('mine', summary, person.value?.id)) {
      mine.value.delete(summary.id)
      return
    }
    mine.value.set(summary.id, summary)
    if (summary.unread > before && summary.lastAuthor === 'customer' && !looking(summary.id)) ring('message')
  }

  async function look(): Promise<void> {
    try {
      const [own, queue] = await Promise.all([
        get('/api/conversations', { query: { view: 'mine', limit: 100 } }),
        get('/api/conversations', { query: { view: 'waiting', limit: 100 } }),
      ])
      mine.value = new Map(own.conversations.map((summary) => [summary.id, summary]))
      queue.conversations.forEach((summary) => seenWaiting.add(summary.id))
      counts.value = queue.counts
    } catch {
      // The feed says "reset" when it is back, and then we look again.
    }
  }

  const total = computed(() => [...mine.value.values()].reduce((sum, summary) => sum + summary.unread, 0))
  watch(total, (now) => (unread.value = now), { immediate: true })
  watch(counts, (now) => (waiting.value = now.waiting), { immediate: true })
  if (!may.value.talk) return
  onScopeDispose(feed.listen({ summary: take, reset: () => void look(), counts: (now) => (counts.value = now) }))
  void look()
  void get('/api/settings').then(
    (settings) => {
      allowed.value = settings.sound
      agentsReview.value = settings.agentsReview
    },
    () => {},
  )
}
