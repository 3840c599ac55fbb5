import { headers, refusal, refusedBy } from '../api/http'
import { Stop } from './feed'

/** Opens a stream of the hub; answers its text piece by piece. Throws {@link Stop} when nobody may read it. */
export async function* open(address: string, more: Record<string, string>, signal: AbortSignal) {
  const answer = await fetch(address, {
    headers: { ...headers('get'), Accept: 'text/event-stream', ...more },
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
