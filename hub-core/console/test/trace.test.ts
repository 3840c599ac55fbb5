import { describe, expect, it } from 'vitest'
import { explain } from '../src/conversation/trace'

const NOTHING = { code: undefined, about: '', text: undefined }

describe('a trace', () => {
  it("is read with the hub's reasons as codes and a plugin's in its own words", () => {
    const trace: unknown = {
      channel: 'wk_demo',
      outcome: 'answered',
      responder: 'faq',
      source: { kind: 'knowledge', id: 'k1', title: '怎么退货？', score: 0.94, code: 'alike', about: '我要退货' },
      filtersIn: [{ filter: 'plain-text', version: '', verdict: 'pass', micros: 12 }],
      filtersOut: [{ filter: 'words', version: '1', verdict: 'failed', code: 'late', about: '500', micros: 0 }],
      passed: [{ responder: 'cache', reason: 'nothing kept', micros: 3 }],
      micros: 3_400,
    }

    expect(explain(trace as never)).toEqual({
      source: 'knowledge',
      entry: 'k1',
      question: '怎么退货？',
      score: 0.94,
      reason: { code: 'alike', about: '我要退货', text: undefined },
      citations: [],
      rung: undefined,
      dropped: 0,
      injection: false,
      passed: [{ name: 'cache', reason: { code: undefined, about: '', text: 'nothing kept' } }],
      models: [],
      filters: [
        { name: 'plain-text', stage: 'CUSTOMER_IN', verdict: 'pass', reason: NOTHING, milliseconds: 0.012 },
        {
          name: 'words',
          stage: 'BOT_OUT',
          verdict: 'failed',
          reason: { code: 'late', about: '500', text: undefined },
          milliseconds: 0,
        },
      ],
      milliseconds: 3.4,
    })
  })

  it('says what an answer draws on and how far down the turn had to go', () => {
    const shown = explain({
      outcome: 'answered',
      source: {
        kind: 'model',
        id: 'main',
        title: 'm-large',
        citations: [
          { kind: 'knowledge', id: 'k1', title: '怎么退货？' },
          { kind: 'document', id: 'd1', title: '售后手册' },
        ],
      },
      remarks: { rung: 'cheaper', dropped: '2', injection: 'true' },
    } as never)

    expect(shown.citations).toEqual([
      { entry: 'k1', title: '怎么退货？' },
      { entry: undefined, title: '售后手册' },
    ])
    expect([shown.rung, shown.dropped, shown.injection]).toEqual(['cheaper', 2, true])
  })

  it('tells an answer from an offer and from handing over', () => {
    const source = (trace: unknown) => explain(trace as never).source
    expect(source({ outcome: 'offered', source: { kind: 'knowledge', id: 'k1' } })).toBe('menu')
    expect(source({ outcome: 'offered', source: { kind: 'person', id: 'person', score: 0 } })).toBe('offer')
    expect(source({ outcome: 'handed over', responder: 'faq' })).toBe('person')
    expect(source({ outcome: 'answered', source: { kind: 'knowledge', id: 'k1' } })).toBe('knowledge')
  })

  it('says what models were asked and what it cost', () => {
    const asked = {
      alias: 'support',
      purpose: 'answer',
      outcome: 'partial',
      deployment: 'main',
      model: 'm-large',
      tokensIn: 120,
      tokensOut: 30,
      estimated: true,
      cost: 4_200_000,
      attempts: 2,
      firstWordsMillis: 300,
      millis: 900,
    }
    expect(explain({ models: [asked] } as never).models).toEqual([
      {
        alias: 'support',
        model: 'main · m-large',
        outcome: 'partial',
        tokensIn: 120,
        tokensOut: 30,
        estimated: true,
        cost: 0.0042,
        attempts: 2,
        firstWords: 300,
        milliseconds: 900,
      },
    ])
  })

  it('says little where there is little', () => {
    expect(explain({})).toMatchObject({ source: '', score: undefined, reason: NOTHING, filters: [], passed: [] })
  })
})
