import { describe, expect, it } from 'vitest'
import { Backoff } from '../src/link/backoff'

describe('the backoff', () => {
  it('waits longer and longer, up to 30 seconds', () => {
    const backoff = new Backoff(() => 1)
    const pauses = Array.from({ length: 8 }, () => backoff.pause())

    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000])
  })

  it('begins anew only after a minute of good link', () => {
    const backoff = new Backoff(() => 1)
    backoff.pause()
    backoff.pause()
    backoff.up(1_000)
    expect(backoff.lost(1006, 60_999)).toEqual({ do: 'retry', after: 4000 })
    backoff.up(100_000)
    expect(backoff.lost(1006, 160_000)).toEqual({ do: 'retry', after: 1000 })
  })

  it('falls back to the stream, then to polling, after three failures each', () => {
    const backoff = new Backoff(() => 0)
    const ways = Array.from({ length: 7 }, () => {
      backoff.lost(1006, 0)
      return backoff.way
    })

    expect(ways).toEqual(['socket', 'socket', 'stream', 'stream', 'stream', 'poll', 'poll'])
    backoff.tryBest()
    expect(backoff.way).toBe('socket')
  })

  it('a link that had come up is no failure of its way', () => {
    const backoff = new Backoff(() => 0)
    for (let i = 0; i < 5; i++) {
      backoff.up(1)
      backoff.lost(1006, 2)
    }

    expect(backoff.way).toBe('socket')
  })

  it('follows the close codes', () => {
    const backoff = new Backoff(() => 0)

    expect(backoff.lost(4003, 0)).toEqual({ do: 'stop' })
    expect(backoff.lost(4009, 0)).toEqual({ do: 'wait-for-show' })
    expect(backoff.lost(4000, 0)).toEqual({ do: 'retry', after: 30_000 })
    expect(backoff.lost(4029, 0)).toEqual({ do: 'retry', after: 30_000 })
    expect(backoff.lost(4008, 0)).toEqual({ do: 'retry', after: 0 })
  })

  it('comes back when asked to, with jitter', () => {
    const backoff = new Backoff(() => 0.5)
    backoff.askedToReturn(1500)

    expect(backoff.lost(1001, 0)).toEqual({ do: 'retry', after: 2250 })
  })
})
