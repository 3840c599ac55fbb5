import { describe, expect, it } from 'vitest'
import { Outbox } from '../src/link/outbox'
import { Box, MemoryKeeper } from '../src/link/storage'

const text = (value: string) => [{ type: 'text' as const, text: value }]

describe('the outbox', () => {
  it('survives a reload and keeps the order', () => {
    const keeper = new MemoryKeeper()
    const first = new Outbox(new Box(keeper, 'hubchat.wk.'), () => 1000)
    first.add('b', text('one'), [])
    first.add('a', text('two'), [])

    const reloaded = new Outbox(new Box(keeper, 'hubchat.wk.'), () => 2000)

    expect(reloaded.all().map((entry) => entry.cid)).toEqual(['b', 'a'])
    expect(reloaded.next()?.cid).toBe('b')
  })

  it('is not mixed with that of another channel', () => {
    const keeper = new MemoryKeeper()
    new Outbox(new Box(keeper, 'hubchat.one.'), () => 1).add('a', text('x'), [])

    expect(new Outbox(new Box(keeper, 'hubchat.two.'), () => 1).all()).toEqual([])
  })

  it('holds back what is older than a day until it is asked for', () => {
    let now = 0
    const outbox = new Outbox(new Box(new MemoryKeeper(), ''), () => now)
    outbox.add('old', text('x'), [])
    now = 24 * 3600 * 1000 + 2
    outbox.add('new', text('y'), [])

    expect(outbox.next()?.cid).toBe('new')
    expect(outbox.all()[0]?.held).toBe('stale')
    outbox.release('old')
    outbox.done('new')
    expect(outbox.next()?.cid).toBe('old')
  })

  it('keeps what a message replies to, and lets go of it when the hub does not know it', () => {
    const keeper = new MemoryKeeper()
    const quote = { id: 'm1', author: { kind: 'agent' as const }, text: 'which one?' }
    new Outbox(new Box(keeper, ''), () => 0).add('a', text('this one'), [], quote)
    const outbox = new Outbox(new Box(keeper, ''), () => 0)
    expect(outbox.next()?.replyTo).toEqual(quote)

    outbox.hold('a', 'too_long')
    outbox.release('a')
    expect(outbox.next()?.replyTo).toEqual(quote)

    outbox.hold('a', 'unknown_message')
    outbox.release('a')
    expect(outbox.next()).toMatchObject({ cid: 'a', held: '' })
    expect(outbox.next()?.replyTo).toBeUndefined()
  })

  it('throws away what is damaged', () => {
    const keeper = new MemoryKeeper()
    keeper.setItem('out.x', '{"cid":')
    keeper.setItem('out.y', '"nonsense"')

    expect(new Outbox(new Box(keeper, ''), () => 0).all()).toEqual([])
    expect(keeper.length).toBe(0)
  })
})
