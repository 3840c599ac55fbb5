import { ref } from 'vue'
import { get } from '../api/http'
import { Feed, type Line } from './feed'
import { open } from './open'

const feed = new Feed({
  open(query, lastEventId, signal) {
    const search = query.toString()
    const sent: Record<string, string> = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }
    return open(search ? `/api/stream?${search}` : '/api/stream', sent, signal)
  },
  events: (id, after) => get('/api/conversations/{id}/events', { id, query: { after, limit: 500 } }),
  wait(milliseconds, then) {
    const timer = setTimeout(then, milliseconds)
    return () => clearTimeout(timer)
  },
  random: Math.random,
})

const line = ref<Line>('stopped')
feed.listen({ line: (now) => (line.value = now) })
addEventListener('online', () => feed.hurry())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') feed.hurry()
})

/** This tab's feed and whether it is live. */
export function useFeed() {
  return { feed, line }
}
