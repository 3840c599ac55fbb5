import { describe, expect, it } from 'vitest'
import type { EventPage, FeedEvent } from '../src/shared/api/types'
import { Feed, Stop, type Line, type Surroundings } from '../src/shared/feed/feed'

const note = (feed: number): FeedEvent => ({
  kind: 'note',
  feed,
  at: '2026-01-05T03:00:00Z',
  note: { id: `n${feed}`, author: { kind: 'agent' }, at: '2026-01-05T03:00:00Z', text: String(feed) },
})

/** A stream that the test writes to. */
class Pipe {
  private readonly pieces: (string | Error | undefined)[] = []
  private wake = () => {}
  constructor(
    readonly query: URLSearchParams,
    readonly lastEventId: string | undefined,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.wake())
  }
  send(event: string, data: unknown, id?: string): Promise<void> {
    return this.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  write(piece: string | Error | undefined): Promise<void> {
    this.pieces.push(piece)
    this.wake()
    return settled()
  }
  async *read(): AsyncGenerator<string> {
    for (;;) {
      while (this.pieces.length === 0 && !this.signal.aborted) await new Promise<void>((done) => (this.wake = done))
      if (this.signal.aborted) throw new Error('aborted')
      const piece = this.pieces.shift()
      if (piece === undefined) return
      if (piece instanceof Error) throw piece
      yield piece
    }
  }
}

const settled = () => new Promise<void>((done) => setImmediate(done))

/** The hub and the clock, in the test's hands. */
class Fake implements Surroundings {
  pipes: Pipe[] = []
  fetched: number[] = []
  stored: FeedEvent[] = []
  timers = new Map<() => void, number>()
  refusal: Error | undefined
  open(query: URLSearchParams, lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<string> {
    if (this.refusal) throw this.refusal
    const pipe = new Pipe(query, lastEventId, signal)
    this.pipes.push(pipe)
    return pipe.read()
  }
  async events(_: string, after: number): Promise<EventPage> {
    this.fetched.push(after)
    const events = this.stored.filter((event) => event.feed > after).slice(0, 2)
    return {
      events,
      lastFeed: this.stored.at(-1)?.feed ?? 0,
      more: this.stored.some((event) => event.feed > (events.at(-1)?.feed ?? after)),
    }
  }
  wait(milliseconds: number, then: () => void): () => void {
    this.timers.set(then, milliseconds)
    return () => this.timers.delete(then)
  }
  random = () => 0.5
  get pipe(): Pipe {
    return this.pipes.at(-1)!
  }
  async ring(): Promise<number> {
    const [then, milliseconds] = [...this.timers][0]!
    this.timers.delete(then)
    then()
    await settled()
    return milliseconds
  }
}

function watching(after = 0) {
  const fake = new Fake()
  const feed = new Feed(fake)
  const seen: number[] = []
  const lines: Line[] = []
  let resets = 0
  const summaries: unknown[] = []
  feed.listen({
    line: (line) => lines.push(line),
    reset: () => resets++,
    summary: (summary) => summaries.push(summary),
  })
  feed.start()
  feed.watch('c-1', after, {
    event: (event) => seen.push(event.feed),
    typing: () => {},
    draft: () => {},
    working: () => {},
  })
  const hello = (stream = 'run1-10') => fake.pipe.send('hello', { stream, at: '' })
  const event = (feedNumber: number) => fake.pipe.send('event', { conversation: 'c-1', event: note(feedNumber) })
  return { fake, feed, seen, lines, summaries, hello, event, resets: () => resets }
}

describe('the feed', () => {
  it('hands on events in order and asks for those after the last one it has', async () => {
    const { fake, seen, hello, event } = watching(4)
    await hello()
    await event(5)
    await event(6)

    expect(seen).toEqual([5, 6])
    expect(fake.pipe.query.toString()).toBe('conversation=c-1&after=4')
  })

  it('drops what it has seen', async () => {
    const { seen, hello, event } = watching()
    await hello()
    for (const feed of [1, 2, 1, 2, 3, 3]) await event(feed)

    expect(seen).toEqual([1, 2, 3])
  })

  it('fetches what is missing, page by page, before it hands on what came too early', async () => {
    const { fake, seen, hello, event } = watching()
    await hello()
    await event(1)
    fake.stored = [1, 2, 3, 4, 5, 6].map(note)
    await event(6)
    await settled()

    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
    expect(fake.fetched.slice(0, 2)).toEqual([1, 3])
  })

  it('reads events that arrive in pieces', async () => {
    const { fake, seen, hello } = watching()
    await hello()
    const text = `event: event\r\ndata: ${JSON.stringify({ conversation: 'c-1', event: note(1) })}\r\n\r\n`
    await fake.pipe.write(text.slice(0, 20))
    await fake.pipe.write(text.slice(20, 60))
    expect(seen).toEqual([])
    await fake.pipe.write(text.slice(60))

    expect(seen).toEqual([1])
  })

  it('ignores events of a conversation that is no longer watched', async () => {
    const { fake, feed, seen, hello } = watching()
    await hello()
    feed.watch('c-2', 0, {
      event: (event) => seen.push(100 + event.feed),
      typing: () => {},
      draft: () => {},
      working: () => {},
    })
    await fake.pipe.send('event', { conversation: 'c-1', event: note(1) })
    await fake.pipe.send('event', { conversation: 'c-2', event: note(1) })

    expect(seen).toEqual([101])
  })

  it('keeps its place in the inbox when it watches another conversation', async () => {
    const { fake, feed, hello, summaries } = watching()
    await hello()
    await fake.pipe.send('inbox', { id: 'c-9' }, 'run1-11')
    feed.watch('c-2', 7, { event: () => {}, typing: () => {}, draft: () => {}, working: () => {} })

    expect(summaries).toHaveLength(1)
    expect(fake.pipe.lastEventId).toBe('run1-11')
    expect(fake.pipe.query.get('conversation')).toBe('c-2')
    expect(fake.pipes[0]!.signal.aborted).toBe(true)
  })

  it('comes back after the line was lost, later each time, and goes on where it was', async () => {
    const { fake, lines, seen, hello, event } = watching()
    await hello()
    await event(1)
    await fake.pipe.write(new Error('cut'))
    expect(lines.at(-1)).toBe('lost')
    expect(await fake.ring()).toBe(500)
    await fake.pipe.write(undefined)
    expect(await fake.ring()).toBe(1_000)
    await fake.pipe.write(undefined)
    expect(await fake.ring()).toBe(2_000)

    expect(fake.pipe.query.get('after')).toBe('1')
    await hello()
    await event(2)
    expect(seen).toEqual([1, 2])
    expect(lines.at(-1)).toBe('live')
  })

  it('takes 45 silent seconds for a dead line', async () => {
    const { fake, lines, hello } = watching()
    await hello()
    expect(await fake.ring()).toBe(45_000)

    expect(lines.at(-1)).toBe('lost')
  })

  it('connects at once when the network comes back', async () => {
    const { fake, feed, hello } = watching()
    await hello()
    await fake.pipe.write(undefined)
    const before = fake.pipes.length
    feed.hurry()

    expect(fake.pipes).toHaveLength(before + 1)
  })

  it('has everything fetched again after a reset', async () => {
    const { fake, seen, hello, resets } = watching()
    await hello()
    fake.stored = [1, 2, 3].map(note)
    await fake.pipe.send('reset', { stream: 'run1-900' })
    await settled()

    expect(resets()).toBe(1)
    expect(seen).toEqual([1, 2, 3])
    await fake.pipe.write(undefined)
    await fake.ring()
    expect(fake.pipe.lastEventId).toBe('run1-900')
  })

  it('takes a restarted hub for a reset, because its positions mean nothing any more', async () => {
    const { fake, hello, resets } = watching()
    await hello('run1-10')
    await fake.pipe.write(undefined)
    await fake.ring()
    await hello('run2-0')

    expect(resets()).toBe(1)
    await fake.pipe.write(undefined)
    await fake.ring()
    expect(fake.pipe.lastEventId).toBe('run2-0')
  })

  it('gives up when nobody is signed in', async () => {
    const { fake, feed, hello } = watching()
    await hello()
    await fake.pipe.write(undefined)
    fake.refusal = new Stop()
    await fake.ring()

    expect(feed.line).toBe('stopped')
    expect(fake.timers.size).toBe(0)
  })
})
