import type { FeedEvent, Message, Mode } from '../src/shared/api/types'

export type AuthorOf = Message['author']['kind']
const AT = '2026-01-05T03:00:00Z'

export const message = (feed: number, kind: AuthorOf, state: Message['state'] = 'SENT', at = AT, cid?: string) => ({
  kind: 'message' as const,
  feed,
  seq: feed,
  at,
  message: {
    id: `m${feed}`,
    author: { kind },
    at,
    state,
    parts: [{ type: 'text' as const, text: `text ${feed}` }],
    ...(cid ? { cid } : {}),
  },
})

export const updated = (feed: number, was: ReturnType<typeof message>): FeedEvent => ({
  ...was,
  kind: 'message.updated',
  feed,
  seq: feed,
})
export const read = (feed: number, by: 'agent' | 'customer', upTo: number): FeedEvent => ({
  kind: 'read',
  feed,
  seq: feed,
  at: AT,
  by,
  upTo,
})
export const state = (feed: number, mode: Mode): FeedEvent => ({ kind: 'state', feed, seq: feed, at: AT, mode })
