import { describe, expect, it } from 'vitest'
import { countOwn, ownText, withText } from '../src/instances/textLines'

const LINES = 'en.title = Ask us\nzh-CN.title：问我们\n\nen.send=Go'

describe('texts in the place of usual ones', () => {
  it('are found by language and name', () => {
    expect(ownText(LINES, 'zh-CN', 'title')).toBe('问我们')
    expect(ownText(LINES, 'en', 'send')).toBe('Go')
    expect(ownText(LINES, 'en', 'greeting')).toBe('')
    expect(ownText('en.send = Go\nen.send = Off', 'en', 'send')).toBe('Off')
    expect(countOwn(LINES, 'en')).toBe(2)
    expect(countOwn(LINES, 'de')).toBe(0)
  })

  it('change one at a time and leave the others as they are', () => {
    expect(withText(LINES, 'en', 'send', ' Off = out ')).toBe(
      'en.title = Ask us\nzh-CN.title：问我们\nen.send = Off = out',
    )
    expect(withText(LINES, 'en', 'title', ' ')).toBe('zh-CN.title：问我们\nen.send=Go')
    expect(withText('', 'de', 'send', 'Los\n jetzt')).toBe('de.send = Los jetzt')
    expect(withText('not a line', 'de', 'send', '')).toBe('not a line')
  })
})
