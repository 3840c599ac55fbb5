import { describe, expect, it } from 'vitest'
import { worths } from '../src/models/rates'
import { withZones } from '../src/models/zones'
import type { Price, Prices } from '../src/shared/api/types'

const rate = (currency: string, validFrom: string, worth: string) => ({ currency, validFrom, rate: worth, source: '' })
const book = (rates: Prices['rates'], ...currencies: string[]): Prices => ({
  currency: 'CNY',
  prices: currencies.map((currency) => ({ currency }) as Price),
  rates,
})
const NOW = new Date('2026-06-01T00:00:00Z')

describe('what a currency is worth', () => {
  it('is what holds now; what held before and what comes is told beside it', () => {
    const rates = [
      rate('USD', '2027-01-01T00:00:00Z', '6'),
      rate('USD', '2026-05-01T00:00:00Z', '7.1'),
      rate('USD', '2026-01-01T00:00:00Z', '7.3'),
    ]

    expect(worths(book(rates, 'USD'), NOW)).toEqual([{ currency: 'USD', rate: rates[1], others: [rates[0], rates[2]] }])
  })

  it('is unknown without a rate, and not asked of the currency of the books', () => {
    expect(worths(book([], 'USD', 'CNY', 'EUR', 'USD'), NOW)).toEqual([
      { currency: 'EUR', others: [] },
      { currency: 'USD', others: [] },
    ])
  })
})

describe('time zones of desks', () => {
  it('are those that were written, and those of desks that are not shown', () => {
    const before = { shop: 'Asia/Shanghai', law: 'Asia/Tokyo', hidden: 'Europe/Berlin' }

    expect(withZones(before, { shop: ' ', law: ' Asia/Seoul ', new: '' })).toEqual({
      law: 'Asia/Seoul',
      hidden: 'Europe/Berlin',
    })
  })
})
