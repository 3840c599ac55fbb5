import { ref } from 'vue'
import { get, headers, refusal, refusedBy } from '../api/http'
import { Feed, Stop, type Line } from './feed'

async function* open(query: URLSearchParams, lastEventId: string | undefined, signal: AbortSignal) {
  const sent: Record<string, string> = { ...headers('get'), Accept: 'text/event-stream' }
  if (lastEventId !== undefined) sent['Last-Event-ID'] = lastEventId
  const search = query.toString()
  const answer = await fetch(search ? `/api/stream?${search}` : '/api/stream', {
    headers: sent,
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
  if (!answer.ok || !answer.body) {
    const refused = refusal(await refusedBy(answer))
    throw refused.status === 401 || refused.status === 403 ? new Stop() : refused
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
}

const feed = new Feed({
  open,
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
