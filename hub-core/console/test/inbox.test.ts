import { describe, expect, it } from 'vitest'
import { belongs, inOrder } from '../src/inbox/views'
import type { Summary } from '../src/shared/api/types'
import { linked } from '../src/shared/parts/linked'
import { dayName, shortDate, waited } from '../src/shared/time/time'

const summary = (id: string, more: Partial<Summary>): Summary => ({
  id,
  desk: 'main',
  channel: { key: 'wk_demo', title: 'Shop' },
  contact: { id: 'x', verified: false },
  mode: 'bot',
  lastAt: '2026-01-05T03:00:00Z',
  unread: 0,
  feed: 1,
  seq: 1,
  ...more,
})

describe('the inbox', () => {
  it('counts as mine only what I have', () => {
    const li = { id: 'p1', name: '李娜' }
    expect(belongs('mine', summary('a', { mode: 'agent', assignee: li }), 'p1')).toBe(true)
    expect(belongs('mine', summary('a', { mode: 'agent', assignee: li }), 'p2')).toBe(false)
    expect(belongs('mine', summary('a', { mode: 'closed', assignee: li }), 'p1')).toBe(false)
    expect(belongs('waiting', summary('a', { mode: 'waiting' }), 'p1')).toBe(true)
    expect(belongs('all', summary('a', {}), 'p1')).toBe(true)
  })

  it('puts the longest wait first, and elsewhere the newest', () => {
    const early = summary('early', { waitingSince: '2026-01-05T02:00:00Z', lastAt: '2026-01-05T03:00:00Z' })
    const late = summary('late', { waitingSince: '2026-01-05T02:30:00Z', lastAt: '2026-01-05T03:30:00Z' })

    expect(inOrder('waiting', [late, early]).map((one) => one.id)).toEqual(['early', 'late'])
    expect(inOrder('all', [early, late]).map((one) => one.id)).toEqual(['late', 'early'])
  })

  it('says how long somebody has waited', () => {
    const since = '2026-01-05T03:00:00Z'
    expect(waited(since, Date.parse(since) + 42_000)).toBe('0:42')
    expect(waited(since, Date.parse(since) + 725_000)).toBe('12:05')
    expect(waited(since, Date.parse(since) + 11_220_000)).toBe('3:07:00')
    expect(waited(since, Date.parse(since) - 5_000)).toBe('0:00')
  })

  it('names days as people do', () => {
    const now = new Date(2026, 0, 5, 12).getTime()
    const day = (ago: number) => new Date(2026, 0, 5 - ago, 9, 5).toISOString()
    expect(dayName(day(0), now, 'zh-CN')).toBe('今天')
    expect(dayName(day(1), now, 'en')).toBe('Yesterday')
    expect(shortDate(day(0), now, 'en')).toBe('09:05')
    expect(shortDate(day(1), now, 'zh-CN')).toBe('昨天')
    expect(shortDate(day(40), now, 'en')).toBe('11/26')
  })

  it('finds web addresses in text, without the sign that ends the sentence', () => {
    expect(linked('请看 https://a.example/x?y=1。谢谢').map((piece) => piece.href ?? piece.text)).toEqual([
      '请看 ',
      'https://a.example/x?y=1',
      '。谢谢',
    ])
    expect(linked('see https://a.example/b).').map((piece) => piece.text)).toEqual([
      'see ',
      'https://a.example/b',
      ').',
    ])
    expect(linked('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)' }])
  })
})
