import { describe, expect, it } from 'vitest'
import { Model } from '../src/chat/model'
import type { Event, Part } from '../src/link/frames'

function said(seq: number, kind: 'customer' | 'agent' | 'bot', text: string, more: { cid?: string; answer?: string } = {}): Event {
  return {
    t: 'event',
    seq,
    kind: 'message',
    message: { id: 'm' + seq, author: { kind }, at: '2026-01-01T00:00:00Z', parts: [{ type: 'text', text }], ...more }
  }
}

const texts = (model: Model) => model.messages().map((shown) => (shown.parts[0] as Part & { text: string }).text)
const unsent = (cid: string, at: number) => ({ cid, at, parts: [{ type: 'text' as const, text: cid }], files: [], held: '' })

describe('a reply', () => {
  it('shows what it replies to, on its way and when it has come', () => {
    const model = new Model()
    const replyTo = { id: 'm1', author: { kind: 'agent' as const, name: '小李' }, text: 'which one?' }
    model.apply(said(1, 'agent', 'which one?'))
    model.unsent({ ...unsent('a1', 1), replyTo })
    expect(model.messages()[1]?.replyTo).toEqual(replyTo)
    expect(model.has('m1')).toBe(true)

    model.held('a1', 'unknown_message')
    expect(model.messages()[1]).toMatchObject({ status: 'held', held: 'unknown_message' })

    const come = said(2, 'customer', 'this one', { cid: 'a1' })
    if (come.kind === 'message') come.message.replyTo = replyTo
    model.apply(come)
    expect(model.messages()[1]).toMatchObject({ seq: 2, replyTo, held: '' })
  })
})

describe('the model', () => {
  it('shows the worked example: what was there, the agent, A, B', () => {
    const model = new Model()
    model.apply(said(41, 'bot', '41'))
    model.unsent(unsent('a1', 1))
    model.unsent(unsent('b1', 2))
    model.apply(said(42, 'agent', 'agent'))
    expect(texts(model)).toEqual(['41', 'agent', 'a1', 'b1'])

    model.apply(said(43, 'customer', 'A', { cid: 'a1' }))
    model.sent('b1')
    model.apply(said(44, 'customer', 'B', { cid: 'b1' }))

    expect(texts(model)).toEqual(['41', 'agent', 'A', 'B'])
    expect(model.messages().map((shown) => shown.status)).toEqual(['', '', 'sent', 'sent'])
  })

  it('replaces the waiting bubble whether the answer or the event comes first', () => {
    const model = new Model()
    model.unsent(unsent('a1', 1))
    model.apply(said(1, 'customer', 'A', { cid: 'a1' }))
    model.sent('a1')
    model.unsent(unsent('a1', 1))

    expect(texts(model)).toEqual(['A'])
  })

  it('marks what the agent has read', () => {
    const model = new Model()
    model.apply(said(1, 'customer', 'A'))
    model.apply({ t: 'event', seq: 2, kind: 'read', by: 'agent', upTo: 1 })
    model.apply(said(3, 'customer', 'B'))

    expect(model.messages().map((shown) => shown.status)).toEqual(['read', 'sent'])
  })

  it('lets a draft go when its message comes, and never brings it back', () => {
    const model = new Model()
    model.drafted('a_7', '您的')
    model.drafted('a_7', '您的订单')
    expect(model.draft?.text).toBe('您的订单')

    model.apply(said(1, 'bot', '您的订单已发出', { answer: 'a_7' }))
    model.drafted('a_7', '您的订单已')

    expect(model.draft).toBeUndefined()
  })

  it('an update reaches a message that is loaded later, and older pages change no state', () => {
    const model = new Model()
    const parts: Part[] = [{ type: 'text', text: 'changed' }]
    model.apply({ t: 'event', seq: 60, kind: 'message.updated', message: { id: 'm3', author: { kind: 'bot' }, at: '2026-01-01T00:00:00Z', parts } })
    model.apply({ t: 'event', seq: 61, kind: 'state', state: 'with_agent', agent: '小李' })
    model.apply(said(3, 'bot', 'first'), true)
    model.apply({ t: 'event', seq: 4, kind: 'state', state: 'closed' }, true)

    expect(texts(model)).toEqual(['changed'])
    expect([model.state, model.agent, model.firstSeq]).toEqual(['with_agent', '小李', 3])
  })

  it('counts what others said since', () => {
    const model = new Model()
    model.apply(said(1, 'customer', 'A'))
    model.apply(said(2, 'bot', 'B'))
    model.apply(said(3, 'agent', 'C'))

    expect(model.unreadAfter(0)).toBe(2)
    expect(model.unreadAfter(2)).toBe(1)
  })
})

describe('an answer that is being made', () => {
  it('grows, and gives way to the message that names it', () => {
    const model = new Model()
    model.drafted('q1', 'You')
    model.drafted('q1', 'You can')
    expect(model.draft).toEqual({ answer: 'q1', text: 'You can' })

    model.apply(said(2, 'bot', 'You can.', { answer: 'q1' }))
    model.drafted('q1', 'You can')
    expect(model.draft).toBeUndefined()
  })

  it('is gone when nothing of it counts any more', () => {
    const model = new Model()
    model.drafted('q1', 'You can')
    model.drafted('q1', '')
    expect(model.draft).toBeUndefined()
  })

  it('stops when a person joins, whatever still comes of it', () => {
    const model = new Model()
    model.drafted('q1', 'You can')
    model.apply({ t: 'event', seq: 1, kind: 'state', state: 'with_agent', agent: '小李' })
    expect(model.draft).toBeUndefined()

    model.drafted('q1', 'You can return')
    model.works({ answer: 'q1', on: true, text: 'One moment' })
    expect(model.draft).toBeUndefined()
    expect(model.work).toBeUndefined()
  })

  it('has something said and offered beside it, until there are words', () => {
    const model = new Model()
    model.works({ answer: 'q1', on: true, text: 'One moment' })
    model.works({ answer: 'q1', on: true, text: 'Is it this?', options: [{ id: '1', text: 'Returns' }] })
    expect(model.work?.options).toHaveLength(1)

    model.drafted('q1', 'You')
    expect(model.work).toBeUndefined()
    model.works({ answer: 'q1', on: true, text: 'One moment' })
    expect(model.work).toBeUndefined()

    model.works({ answer: 'q2', on: true, text: 'One moment' })
    model.works({ answer: 'q2', on: false })
    expect(model.work).toBeUndefined()
  })
})
