import { describe, expect, it } from 'vitest'
import { Growth } from '../src/conversation/growing'
import type { FeedEvent } from '../src/shared/api/types'

const at = '2026-01-05T03:00:00Z'
const state = (mode: 'bot' | 'agent'): FeedEvent => ({ kind: 'state', feed: 2, at, mode })
const answer = (question: string): FeedEvent => ({
  kind: 'message',
  feed: 3,
  at,
  message: { id: 'm9', author: { kind: 'bot' }, at, parts: [], state: 'SENT', answers: question },
})

describe('the answer that the bot is making', () => {
  it('grows until it is said, and does not come back', () => {
    const growth = new Growth()
    growth.works('q1', true, 'One moment')
    expect(growth.now).toEqual({ answer: 'q1', text: '', words: 'One moment' })
    growth.drafted('q1', 'You')
    growth.drafted('q1', 'You can')
    expect(growth.now?.text).toBe('You can')

    growth.take(answer('q1'))
    growth.drafted('q1', 'You can')
    growth.works('q1', true, '')
    expect(growth.now).toBeUndefined()
  })

  it('is gone when nothing of it counts any more, or nobody is at work', () => {
    const growth = new Growth()
    growth.drafted('q1', 'You')
    growth.drafted('q1', '')
    expect(growth.now).toBeUndefined()
    growth.works('q2', true, '')
    growth.works('q2', false, '')
    expect(growth.now).toBeUndefined()
  })

  it('stops when a person takes over and begins anew when the bot has it back', () => {
    const growth = new Growth()
    growth.drafted('q1', 'You')
    growth.take(state('agent'))
    growth.drafted('q1', 'You can')
    expect(growth.now).toBeUndefined()
    growth.take(state('bot'))
    growth.drafted('q2', 'Yes')
    expect(growth.now?.text).toBe('Yes')
  })

  it('is not shown in a conversation that a person has', () => {
    const growth = new Growth()
    growth.begin(false)
    growth.drafted('q1', 'You')
    expect(growth.now).toBeUndefined()
  })
})
