import { describe, expect, it } from 'vitest'
import { rowsOf } from '../src/conversation/rows'
import { append, emptyTimeline, prepend } from '../src/conversation/timeline'
import type { FeedEvent } from '../src/shared/api/types'
import type { AuthorOf } from './events'
import { message, read, state, updated } from './events'

const said = (timeline: ReturnType<typeof emptyTimeline>) =>
  timeline.items.map((item) => (item.kind === 'message' ? item.message.id : item.kind))

describe('a timeline', () => {
  it('puts a changed message in the place of the one it replaces', () => {
    const timeline = emptyTimeline()
    append(timeline, message(1, 'agent', 'READY'))
    append(timeline, message(2, 'customer'))
    append(timeline, updated(3, message(1, 'agent', 'SENT')))

    expect(said(timeline)).toEqual(['m1', 'm2'])
    expect(timeline.items[0]).toMatchObject({ seq: 1, message: { state: 'SENT' } })
  })

  it('shows a reply that was held and let go once, where the customer sees it, and who let it go', () => {
    const li = { id: 'p1', name: '李娜' }
    const held = message(1, 'bot', 'HELD')
    const released = { ...message(4, 'bot', 'SENT'), message: { ...held.message, state: 'SENT' as const } }
    const decided: FeedEvent = {
      kind: 'reviewed',
      feed: 3,
      at: '2026-01-05T03:00:00Z',
      messageId: 'm1',
      decision: 'released',
      by: li,
    }
    const timeline = emptyTimeline()
    for (const event of [held, message(2, 'customer'), decided, released]) append(timeline, event)

    expect(said(timeline)).toEqual(['m2', 'm1'])
    expect(timeline.items[1]).toMatchObject({ seq: 4, message: { state: 'SENT' }, review: { by: li } })

    const later = emptyTimeline()
    append(later, released)
    prepend(later, [held, message(2, 'customer')])
    expect(said(later)).toEqual(['m2', 'm1'])
  })

  it('keeps the farthest read mark of each side', () => {
    const timeline = emptyTimeline()
    for (const event of [read(1, 'customer', 4), read(2, 'customer', 2), read(3, 'agent', 3)]) append(timeline, event)

    expect(timeline).toMatchObject({ customerRead: 4, agentRead: 3, lastSeq: 3 })
  })

  it('shows taking a conversation once, though it is a change of state and an assignment', () => {
    const timeline = emptyTimeline()
    const li = { id: 'p1', name: '李娜' }
    append(timeline, state(1, 'agent'))
    append(timeline, { kind: 'assigned', feed: 2, at: '2026-01-05T03:00:00Z', assignee: li, by: li })

    expect(timeline.items).toHaveLength(1)
    expect(timeline.items[0]).toMatchObject({ mode: 'agent', assignee: li })
  })

  it('puts an older page before what is there, without repeating any of it', () => {
    const timeline = emptyTimeline()
    append(timeline, message(3, 'customer'))
    prepend(timeline, [message(1, 'customer'), message(2, 'bot'), message(3, 'customer')])

    expect(said(timeline)).toEqual(['m1', 'm2', 'm3'])
  })
})

describe('a rating', () => {
  const rated = (feed: number, score: number, messageId?: string) => ({
    kind: 'rated' as const,
    feed,
    at: '2026-01-05T03:00:00Z',
    score,
    ...(messageId ? { messageId } : {}),
  })

  it('stands at its message, the last word counts, and one of the conversation has a row', () => {
    const timeline = emptyTimeline()
    for (const event of [message(1, 'bot'), rated(2, 5, 'm1'), rated(3, 2, 'm1'), rated(4, 4)]) append(timeline, event)

    expect(said(timeline)).toEqual(['m1', 'rated'])
    expect(timeline.items[0]).toMatchObject({ rating: { score: 2 } })
    expect(timeline.items[1]).toMatchObject({ score: 4 })
  })

  it('has a row until its message is loaded, and an older page does not bring an older opinion back', () => {
    const timeline = emptyTimeline()
    append(timeline, rated(3, 1, 'm1'))
    expect(said(timeline)).toEqual(['rated'])

    prepend(timeline, [message(1, 'bot'), rated(2, 5, 'm1')])

    expect(said(timeline)).toEqual(['m1'])
    expect(timeline.items[0]).toMatchObject({ rating: { score: 1 } })
  })
})

describe('the rows of a timeline', () => {
  const rows = (...events: ReturnType<typeof message>[]) => {
    const timeline = emptyTimeline()
    events.forEach((event) => append(timeline, event))
    return rowsOf(timeline.items, 1)
  }
  const at = (feed: number, who: AuthorOf, minute: string) => message(feed, who, 'SENT', `2026-01-05T03:${minute}:00Z`)

  it('join what one person says within three minutes', () => {
    const joined = rows(at(1, 'bot', '00'), at(2, 'bot', '01'), at(3, 'bot', '09'), at(4, 'agent', '09'))

    expect(joined.map((row) => row.goesOn)).toEqual([false, true, false, false])
    expect(joined.map((row) => row.ends)).toEqual([false, true, true, true])
  })

  it('mark the first message of the customer that no agent had read', () => {
    const marked = rows(at(1, 'customer', '00'), at(2, 'bot', '01'), at(3, 'customer', '02'), at(4, 'customer', '03'))

    expect(marked.map((row) => row.firstUnread)).toEqual([false, false, true, false])
  })

  it('begin a new day where the day changes', () => {
    const days = rows(
      message(1, 'customer', 'SENT', '2026-01-05T03:00:00Z'),
      message(2, 'customer', 'SENT', '2026-01-08T03:00:00Z'),
    )

    expect(days.map((row) => row.newDay)).toEqual([true, true])
  })
})
