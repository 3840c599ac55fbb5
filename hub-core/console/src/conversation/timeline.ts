import type { Decided, FeedEvent, Message, Mode, Note, PersonRef } from '../shared/api/types'

/** What the customer thinks of one message. */
export interface Rating {
  feed: number
  score: number
  text: string | undefined
}

/** What a person decided about a message that a filter had kept. */
export type Review = Pick<Decided, 'decision' | 'by'>

export type Item =
  | {
      kind: 'message'
      feed: number
      seq: number | undefined
      at: string
      message: Message
      rating?: Rating
      review?: Review
    }
  | { kind: 'note'; feed: number; at: string; note: Note }
  | { kind: 'state'; feed: number; at: string; mode: Mode; assignee: PersonRef | undefined }
  | { kind: 'rated'; feed: number; at: string; score: number; text: string | undefined; messageId: string | undefined }

/** A conversation as it is shown: its items in order, and how far each side has read. */
export interface Timeline {
  items: Item[]
  customerRead: number
  agentRead: number
  /** The highest seq that was seen. */
  lastSeq: number
}

export const emptyTimeline = (): Timeline => ({ items: [], customerRead: 0, agentRead: 0, lastSeq: 0 })

/** Adds one event at the end. */
export function append(timeline: Timeline, event: FeedEvent): void {
  noteMarks(timeline, event)
  if (event.kind === 'message.updated') replace(timeline.items, event.message)
  else if (event.kind === 'reviewed') review(timeline.items, event.messageId, event)
  else {
    const item = itemOf(event)
    if (item?.kind === 'message') saidAgain(timeline.items, item)
    if (item && !repeats(timeline.items.at(-1), item) && !attached(timeline.items, item)) timeline.items.push(item)
  }
}

/** Adds an older page, in ascending order, before what is there. What is there knows the newer state of a message. */
export function prepend(timeline: Timeline, events: FeedEvent[]): void {
  const known = new Set(timeline.items.map((item) => item.feed))
  const older = emptyTimeline()
  for (const event of events) if (!known.has(event.feed)) append(older, event)
  const later = new Set(timeline.items.map((item) => (item.kind === 'message' ? item.message.id : '')))
  const items = [
    ...older.items.filter((item) => item.kind !== 'message' || !later.has(item.message.id)),
    ...timeline.items,
  ]
  timeline.items = items.filter((item) => !attached(items, item))
}

/** A rating stands at its message; only where that is not loaded does it have a row of its own. */
function attached(items: Item[], item: Item): boolean {
  if (item.kind !== 'rated' || !item.messageId) return false
  for (const one of items) {
    if (one.kind !== 'message' || one.message.id !== item.messageId) continue
    if (!one.rating || one.rating.feed < item.feed) one.rating = { feed: item.feed, score: item.score, text: item.text }
    return true
  }
  return false
}

function noteMarks(timeline: Timeline, event: FeedEvent): void {
  if ('seq' in event && event.seq !== undefined) timeline.lastSeq = Math.max(timeline.lastSeq, event.seq)
  if (event.kind !== 'read') return
  if (event.by === 'customer') timeline.customerRead = Math.max(timeline.customerRead, event.upTo)
  else timeline.agentRead = Math.max(timeline.agentRead, event.upTo)
}

function itemOf(event: FeedEvent): Item | undefined {
  switch (event.kind) {
    case 'message':
      return { kind: 'message', feed: event.feed, seq: event.seq, at: event.message.at, message: event.message }
    case 'note':
      return { kind: 'note', feed: event.feed, at: event.note.at, note: event.note }
    case 'state':
      return { kind: 'state', feed: event.feed, at: event.at, mode: event.mode, assignee: event.assignee }
    case 'assigned':
      return event.assignee
        ? { kind: 'state', feed: event.feed, at: event.at, mode: 'agent', assignee: event.assignee }
        : undefined
    case 'rated':
      return {
        kind: 'rated',
        feed: event.feed,
        at: event.at,
        score: event.score,
        text: event.text,
        messageId: event.messageId,
      }
    default:
      return undefined
  }
}

/** Taking a conversation is both a change of state and an assignment; one line says both. */
function repeats(last: Item | undefined, item: Item): boolean {
  if (item.kind !== 'state' || last?.kind !== 'state' || last.mode !== item.mode) return false
  if (last.assignee && item.assignee && last.assignee.id !== item.assignee.id) return false
  last.assignee ??= item.assignee
  return true
}

/** A reply that was kept and let go comes again: from then on it stands where the customer sees it. */
function saidAgain(items: Item[], item: Item & { kind: 'message' }): void {
  const before = items.findIndex((one) => one.kind === 'message' && one.message.id === item.message.id)
  if (before < 0) return
  const [kept] = items.splice(before, 1)
  if (kept?.kind === 'message' && kept.review) item.review = kept.review
}

function review(items: Item[], message: string, { decision, by }: Review): void {
  for (const item of items) if (item.kind === 'message' && item.message.id === message) item.review = { decision, by }
}

function replace(items: Item[], message: Message): void {
  for (const item of items) if (item.kind === 'message' && item.message.id === message.id) item.message = message
}
