import type { Document, VectorProgress } from '../shared/api/types'

/** What a file picker offers; the hub looks into the file itself. */
export const ACCEPTED = '.pdf,.docx,.md,.markdown,.html,.htm,.txt'

type Tone = 'ok' | 'warn' | 'danger' | 'quiet'

/** The key of a document's state, and how it looks. */
export function stateOf(document: Document): { name: string; tone: Tone } {
  if (document.state === 'waiting' || document.state === 'reading') return { name: document.state, tone: 'warn' }
  if (document.state === 'failed') return { name: 'failed', tone: 'danger' }
  if (!document.enabled) return { name: 'off', tone: 'quiet' }
  return document.problem ? { name: 'old', tone: 'warn' } : { name: 'ready', tone: 'ok' }
}

/** How far it is read, from 0 to 1; nothing while that is not known. */
export const shareOf = (document: Document): number | undefined =>
  document.reading?.of ? document.reading.read / document.reading.of : undefined

export const toneOf = (vectors: VectorProgress): Tone =>
  (({ off: 'quiet', working: 'warn', ready: 'ok', held: 'warn', away: 'danger' }) as const)[vectors.state]

/** Kilobytes or megabytes, as people say them. */
export function sizeOf(bytes: number): { key: string; n: number } {
  if (bytes < 1024 * 1024) return { key: 'knowledge.documents.kilobytes', n: Math.max(1, Math.round(bytes / 1024)) }
  return { key: 'knowledge.documents.megabytes', n: Math.round((bytes / 1024 / 1024) * 10) / 10 }
}
