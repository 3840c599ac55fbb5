import { describe, expect, it } from 'vitest'
import { diff } from '../src/filters/diff'
import { attributesOf } from '../src/filters/usePlayground'

const marked = (before: string, after: string) =>
  diff(before, after)
    .map(({ kind, text }) => (kind === 'gone' ? `[-${text}]` : kind === 'new' ? `[+${text}]` : text))
    .join('')

describe('what changed of a text', () => {
  it('is nothing when it is the same', () => {
    expect(diff('怎么退货', '怎么退货')).toEqual([{ kind: 'same', text: '怎么退货' }])
    expect(diff('', '')).toEqual([])
  })

  it('is shown sign by sign where people read signs, what went before what came', () => {
    expect(marked('电话 13912345678 谢谢', '电话 139****5678 谢谢')).toBe('电话 139[-1234][+****]5678 谢谢')
    expect(marked('代*开😀发 票', '票')).toBe('[-代*开😀发 ]票')
    expect(marked('好', '你好吗')).toBe('[+你]好[+吗]')
  })

  it('is shown by whole words where people read words', () => {
    expect(marked('call me a fool now', 'call me a friend now')).toBe('call me a [-fool][+friend] now')
    expect(marked('кот спит', 'кит спит')).toBe('[-кот][+кит] спит')
  })

  it('keeps both texts whole, whatever they are', () => {
    for (const [before, after] of [
      ['', 'abc'],
      ['abc', ''],
      ['👩‍👩‍👧 a b c', 'c b a 👩‍👩‍👧'],
      ['x '.repeat(2_000), 'y '.repeat(2_000)],
    ] as const) {
      const pieces = diff(before, after)
      const side = (other: string) =>
        pieces
          .filter(({ kind }) => kind !== other)
          .map(({ text }) => text)
          .join('')
      expect(side('new')).toBe(before)
      expect(side('gone')).toBe(after)
    }
  })
})

it('what is known of a customer is entered line by line', () => {
  expect(attributesOf('level: gold\n\n城市：武汉\nurl=a=b\nvip')).toEqual({
    level: 'gold',
    城市: '武汉',
    url: 'a=b',
    vip: '',
  })
})
