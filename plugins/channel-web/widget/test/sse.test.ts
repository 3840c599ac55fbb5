import { describe, expect, it } from 'vitest'
import { EventReader } from '../src/link/sse'

describe('the event reader', () => {
  it('joins pieces that were cut anywhere', () => {
    const whole = 'id: 42\ndata: {"t":"ping"}\n\n: a comment\n\ndata: a\r\ndata: b\r\n\r\n'
    for (let cut = 0; cut <= whole.length; cut++) {
      const reader = new EventReader()
      expect([...reader.push(whole.slice(0, cut)), ...reader.push(whole.slice(cut))]).toEqual(['{"t":"ping"}', 'a\nb'])
    }
  })
})
