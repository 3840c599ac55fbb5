import { describe, expect, it } from 'vitest'
import { numbersOf, withDesk, withNumbers, withoutDesk, withUsualDesk } from '../src/models/rules'
import { fromSeconds, inSeconds } from '../src/models/seconds'
import type { ModelRules } from '../src/shared/api/types'

const USUAL = { concurrency: 16, requestsPerMinute: 0, tokensPerMinute: 0, localOnly: false }
const LOCAL = { ...USUAL, localOnly: true }
const RULES: ModelRules = {
  customers: { turnsIn30Seconds: 6, turnsInAnHour: 60 },
  usualDesk: USUAL,
  desks: { law: LOCAL },
  retries: { attempts: 3, percent: 10 },
  hedge: { on: false, callsPercent: 5, spendPercent: 2 },
  bodyDays: 7,
}

describe('the rules for models', () => {
  it('are the same when their numbers are', () => {
    expect(withNumbers(RULES, numbersOf(RULES), false)).toEqual(RULES)
  })

  it('take numbers for all desks and leave desks alone', () => {
    const numbers = { ...numbersOf(RULES), 'retries.attempts': 1, 'customers.turnsInAnHour': 0, bodyDays: 0 }

    expect(withNumbers(RULES, numbers, true)).toEqual({
      ...RULES,
      customers: { turnsIn30Seconds: 6, turnsInAnHour: 0 },
      retries: { attempts: 1, percent: 10 },
      hedge: { on: true, callsPercent: 5, spendPercent: 2 },
      bodyDays: 0,
    })
  })

  it('keep what is said for as long as is usual where nobody has said', () => {
    const { bodyDays: _days, ...unsaid } = RULES

    expect(numbersOf(unsaid).bodyDays).toBe(30)
  })

  it('of one desk change without those of others, and never say which file they are from', () => {
    const declared = { ...RULES, managedBy: 'models.yaml' }

    expect(withDesk(declared, 'shop', USUAL)).toEqual({ ...RULES, desks: { law: LOCAL, shop: USUAL } })
    expect(withUsualDesk(declared, LOCAL)).toEqual({ ...RULES, usualDesk: LOCAL })
    expect(withoutDesk(declared, 'law')).toEqual({ ...RULES, desks: {} })
    expect(withoutDesk(declared, 'shop')).toEqual(RULES)
  })
})

describe('a time', () => {
  it('is written in seconds and kept in milliseconds', () => {
    expect(inSeconds(2_500)).toBe('2.5')
    expect(inSeconds(undefined)).toBe('')
    expect(fromSeconds(' 2.5 ')).toBe(2_500)
    expect(fromSeconds('0.1')).toBe(100)
    expect(fromSeconds('110')).toBe(110_000)
    expect(fromSeconds('1.001')).toBe(1_001)
    expect(fromSeconds(' ')).toBeUndefined()
  })

  it.each(['0', '0.09', '110.1', '6s', '-1', '1,5', '1e2'])('is not %s', (text) => {
    expect(fromSeconds(text)).toBeNaN()
  })
})
