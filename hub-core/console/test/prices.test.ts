import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, isDecimal, mistakesIn, newTier, newWindow } from '../src/models/priceForm'
import type { Price } from '../src/shared/api/types'

const NOW = new Date('2026-11-25T10:00:00Z')
const TODAY = '2026-11-25'
/** One in which everything is said that a price can say. */
const FULL: Price = {
  id: 'a',
  provider: 'qwen',
  model: 'qwen3-max',
  aliases: ['qwen3-max-2026-01-23', 'qwen3-max-latest'],
  currency: 'CNY',
  validFrom: '2026-11-01T00:00:00Z',
  validTo: '2027-01-01T00:00:00.000Z',
  input: '2.5',
  cachedInput: '0.000000000001',
  cacheWrite5m: '3.125',
  cacheWrite1h: '5',
  output: '10',
  reasoning: '12',
  tiers: [
    {
      above: 32000,
      input: '4',
      output: '16',
      cachedInput: '1.6',
      cacheWrite5m: '5',
      cacheWrite1h: '8',
      reasoning: '20',
    },
    { above: 128000, input: '7', output: '28' },
  ],
  tierRule: 'part',
  windows: [
    { name: 'night', days: ['mon', 'sun'], from: '22:00', to: '06:00:30', zone: 'Asia/Shanghai', factor: '0.5' },
    { name: 'noon', days: ['sat'], from: '12:00', to: '13:00', zone: 'UTC', factor: '2' },
  ],
  multiplier: '0.5',
  perRequest: '0.01',
  perSecond: '0.002',
  source: 'https://example.com/prices',
  checkedOn: '2026-01-01',
  confirmed: true,
  origin: 'person',
}

describe('a price that follows another', () => {
  it('says all that the other said, and was looked at today', () => {
    const { id: _id, confirmed: _confirmed, origin: _origin, validFrom: _from, ...said } = FULL

    const form = formOf(FULL, 'EUR', NOW, TODAY)

    expect(mistakesIn(form)).toEqual({})
    expect(bodyOf(form)).toEqual({ ...said, checkedOn: TODAY })
  })

  it('begins with it where that is still to come, and holds now where it holds already', () => {
    const later = { ...FULL, validFrom: '2026-12-01T00:00:00.000Z' }

    expect(bodyOf(formOf(later, 'EUR', NOW, TODAY)).validFrom).toBe(later.validFrom)
    expect(bodyOf(formOf(FULL, 'EUR', NOW, TODAY))).not.toHaveProperty('validFrom')
  })
})

describe('a new price', () => {
  it('is in the currency of the books and says nothing of what was left empty', () => {
    const form = { ...formOf({}, 'EUR', NOW, ''), provider: ' openai ', model: 'm', input: ' 1', output: '2' }

    expect(mistakesIn(form)).toEqual({})
    expect(bodyOf(form)).toEqual({
      provider: 'openai',
      model: 'm',
      aliases: [],
      currency: 'EUR',
      input: '1',
      output: '2',
      tiers: [],
      tierRule: 'whole',
      windows: [],
    })
  })

  it('has each mistake told at its field', () => {
    const tier = (above: string) => ({ ...newTier(), above, input: '1', output: '1' })
    const form = {
      ...formOf(FULL, 'EUR', NOW, TODAY),
      provider: ' ',
      currency: 'yuan',
      input: '',
      reasoning: 'much',
      tiers: [tier('0'), tier('7'), { ...tier('7'), output: '' }, { ...tier('8'), cachedInput: '-1' }],
      windows: [{ ...newWindow(), name: 'n', days: [], from: '24:00', to: '6', factor: '' }],
      perSecond: '1000001',
      validTo: new Date('2026-01-01T00:00:00Z'),
      validFrom: new Date('2026-01-02T00:00:00Z'),
    }

    expect(mistakesIn(form)).toEqual({
      provider: 'required',
      currency: 'currency',
      input: 'decimal',
      reasoning: 'decimal',
      'tiers.0.above': 'tokens',
      'tiers.2.above': 'twice',
      'tiers.2.output': 'decimal',
      'tiers.3.cachedInput': 'decimal',
      'windows.0.days': 'days',
      'windows.0.from': 'time',
      'windows.0.to': 'time',
      'windows.0.factor': 'decimal',
      perSecond: 'decimal',
      validTo: 'over',
    })
  })

  it('takes as many digits as the hub does', () => {
    expect(['0', '0.000000000001', '1000000', ' 2.5 '].map(isDecimal)).toEqual([true, true, true, true])
    expect(['', '.5', '1e3', '-1', '1000000.1', '0.0000000000001'].map(isDecimal)).toEqual(Array(6).fill(false))
  })
})
