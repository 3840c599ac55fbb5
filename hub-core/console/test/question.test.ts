import { describe, expect, it } from 'vitest'
import { questionOf } from '../src/conversation/question'
import type { Item } from '../src/conversation/timeline'

const said = (id: string, kind: string, text: string): Item =>
  ({
    kind: 'message',
    feed: 1,
    seq: 1,
    at: '',
    message: { id, author: { kind }, parts: [{ type: 'text', text }] },
  }) as never

describe('the question behind an answer', () => {
  const items = [
    said('1', 'customer', '你好'),
    said('2', 'bot', '您好'),
    said('3', 'customer', '退货'),
    said('4', 'customer', '运费谁出？'),
    said('5', 'bot', '由您承担'),
    said('6', 'customer', '谢谢'),
  ]

  it('is all that the customer said since the reply before', () => {
    expect(questionOf(items, '5')).toBe('退货 运费谁出？')
  })

  it('is empty where it is not loaded', () => {
    expect(questionOf(items, '9')).toBe('')
    expect(questionOf(items.slice(4), '5')).toBe('')
  })
})
