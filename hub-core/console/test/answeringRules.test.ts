import { describe, expect, it } from 'vitest'
import { fieldsOf, sent, timeUnit, withFields, written } from '../src/models/answeringRules'
import type { AnsweringRule, AnsweringRuleGroup } from '../src/shared/api/types'

const rule = (name: string, unit: AnsweringRule['unit'], usual: string, value = usual): AnsweringRule => ({
  name,
  meaning: name,
  unit,
  value,
  usual,
  least: '0s',
  most: '10s',
})
const TURN: AnsweringRuleGroup = {
  name: 'turn',
  title: 'Turn',
  rules: [rule('fragment', 'time', '1500ms'), rule('end', 'time', '60s', '45s')],
}
const BOOKS: AnsweringRuleGroup = {
  name: 'books',
  title: 'Books',
  rules: [rule('night', 'hour', '03:15', '05:00'), rule('cheaper', 'percent', '95')],
}

describe('a rule for answering', () => {
  it('is written in the unit of what it usually is', () => {
    expect(timeUnit(rule('a', 'time', '300ms'))).toBe('s')
    expect(written(rule('a', 'time', '300ms'), '300ms')).toBe('0.3')
    expect(written(rule('a', 'time', '15s'), '1h')).toBe('3600')
    expect(written(rule('a', 'time', '30m'), '90s')).toBe('1.5')
    expect(written(rule('a', 'time', '24h'), '0s')).toBe('0')
    expect(written(rule('a', 'share', '0.85'), '0.9')).toBe('0.9')
  })

  it('is sent with its unit, and what is no number as it is', () => {
    expect(sent(rule('a', 'time', '1500ms'), ' 2.5 ')).toBe('2.5s')
    expect(sent(rule('a', 'time', '5m'), '7')).toBe('7m')
    expect(sent(rule('a', 'time', '5m'), 'soon')).toBe('soon')
    expect(sent(rule('a', 'hour', '03:15'), '04:00')).toBe('04:00')
  })

  it('has an empty field while it is as usual', () => {
    expect(fieldsOf(TURN)).toEqual({ fragment: '', end: '45' })
  })

  it('changes with its group and leaves the others as they are', () => {
    expect(withFields([TURN, BOOKS], 'turn', { fragment: '2', end: '' })).toEqual({
      turn: { fragment: '2s' },
      books: { night: '05:00' },
    })
    expect(withFields([TURN, BOOKS], 'books', { night: '', cheaper: '' })).toEqual({ turn: { end: '45s' } })
  })
})
