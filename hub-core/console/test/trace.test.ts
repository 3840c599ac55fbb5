import { describe, expect, it } from 'vitest'
import { explain } from '../src/conversation/trace'

describe('a trace', () => {
  it('is read where the source is a word', () => {
    const explained = explain({
      source: 'faq',
      entry: 'k1',
      question: '怎么退货？',
      score: 0.94,
      reason: 'near',
      filters: [{ id: 'length', stage: 'BOT_OUT', verdict: 'pass', tookMicros: 40 }],
      timing: { retrieve: 0.8 },
    })

    expect(explained).toMatchObject({ source: 'faq', entry: 'k1', question: '怎么退货？', score: 0.94, reason: 'near' })
    expect(explained.filters).toEqual([{ name: 'length', stage: 'BOT_OUT', verdict: 'pass', milliseconds: 0.04 }])
    expect(explained.timing).toEqual([['retrieve', 0.8]])
  })

  it('is read where the source is an object and the filters are two lists', () => {
    const trace: unknown = {
      channel: 'wk_demo',
      outcome: 'answered',
      responder: 'faq',
      source: { kind: 'faq', id: 'k1', title: '怎么退货？', score: 0.94, reason: 'near' },
      filtersIn: [{ filter: 'length', version: '1', verdict: 'PASS', micros: 12 }],
      filtersOut: [],
      passed: [{ responder: 'cache', reason: 'nothing kept', micros: 3 }],
      micros: 3_400,
    }
    const explained = explain(trace as never)

    expect(explained).toMatchObject({ source: 'faq', entry: 'k1', question: '怎么退货？', score: 0.94, reason: 'near' })
    expect(explained.filters).toEqual([{ name: 'length', stage: 'CUSTOMER_IN', verdict: 'pass', milliseconds: 0.012 }])
    expect(explained.passed).toEqual([{ name: 'cache', reason: 'nothing kept' }])
    expect(explained.timing).toEqual([['total', 3.4]])
  })

  it('tells an answer from an offer and from handing over', () => {
    const source = (trace: unknown) => explain(trace as never).source
    expect(source({ outcome: 'offered', source: { kind: 'knowledge', id: 'k1' } })).toBe('menu')
    expect(source({ outcome: 'offered', source: { kind: 'person', id: 'person', score: 0 } })).toBe('offer')
    expect(source({ outcome: 'handed over', responder: 'faq' })).toBe('person')
    expect(source({ outcome: 'answered', source: { kind: 'knowledge', id: 'k1' } })).toBe('knowledge')
  })

  it('says little where there is little', () => {
    expect(explain({})).toMatchObject({ source: '', score: undefined, filters: [], passed: [], timing: [] })
  })
})
