import type { Author, Concerned, Counts, EventPage, FeedEvent, Provisioned, Summary } from '../api/types'
import { FrameReader, type Frame } from './sse'
import { Sequence } from './sequence'

type Working = { conversation: string; answer: string; on: boolean; words: string }

export type Line = 'connecting' | 'live' | 'lost' | 'stopped'

export interface Watcher {
  event(event: FeedEvent): void
  typing(author: Author, on: boolean): void
  /** The bot's answer as far as it is made; empty when nothing of it counts any more. */
  draft(answer: string, text: string): void
  /** How it stands with an answer that takes its time, and what the customer is told meanwhile. */
  working(answer: string, on: boolean, words: string): void
}

export interface Listeners {
  summary(summary: Summary): void
  counts(counts: Counts): void
  /** To reviewers: in a conversation something is kept, or was decided. */
  review(conversation: string): void
  /** The files in conf/ were read; said to those who set the hub up. */
  provisioned(now: Provisioned): void
  /** What of models and money wants a person; said to those who set the hub up. */
  concerned(now: Concerned): void
  /** Too much was missed: whoever keeps a list fetches it again. */
  reset(): void
  line(line: Line): void
}

/** How the feed reaches the hub and the clock; tests bring their own. */
export interface Surroundings {
  /** Opens the stream; answers its text piece by piece. Throws {@link Stop} when it must not be tried again. */
  open(address: URLSearchParams, lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<string>
  events(conversation: string, after: number): Promise<EventPage>
  wait(milliseconds: number, then: () => void): () => void
  random(): number
}

/** There is no point in connecting again: nobody is signed in. */
export class Stop extends Error {}

const SILENCE = 45_000
const LONGEST_PAUSE = 30_000

/**
 * The one connection of this tab to the hub's stream. Owns sequence numbers, gaps and reconnects; pages subscribe. Watches
 * at most one conversation at a time; watching another one opens the stream anew and loses nothing, because the position
 * in the inbox goes with it.
 */
export class Feed {
  private readonly listeners = new Set<Partial<Listeners>>()
  private watched: { conversation: string; sequence: Sequence; watcher: Watcher } | undefined
  private connection: AbortController | undefined
  private cancelTimer = () => {}
  private lastEventId: string | undefined
  private run: string | undefined
  private failures = 0
  private state: Line = 'stopped'

  constructor(private readonly surroundings: Surroundings) {}

  get line(): Line {
    return this.state
  }

  listen(listener: Partial<Listeners>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  start(): void {
    if (this.state === 'stopped') this.connect()
  }

  stop(): void {
    this.disconnect()
    this.lastEventId = undefined
    this.run = undefined
    this.failures = 0
    this.become('stopped')
  }

  /** Connects at once if the line is down; for when the network or the tab comes back. */
  hurry(): void {
    if (this.state === 'lost') this.connect()
  }

  /** From now on hands every event of this conversation after `after` to the watcher, each once and in order. */
  watch(conversation: string, after: number, watcher: Watcher): () => void {
    this.watched?.sequence.stop()
    const sequence = new Sequence(
      after,
      (last) => this.surroundings.events(conversation, last),
      (event) => watcher.event(event),
      () => this.cut(),
    )
    const mine = { conversation, sequence, watcher }
    this.watched = mine
    if (this.state !== 'stopped') this.connect()
    return () => {
      sequence.stop()
      if (this.watched === mine) this.watched = undefined
    }
  }

  private connect(): void {
    this.disconnect()
    const connection = new AbortController()
    this.connection = connection
    this.become('connecting')
    void this.follow(connection)
  }

  private disconnect(): void {
    this.cancelTimer()
    this.connection?.abort()
    this.connection = undefined
  }

  private async follow(connection: AbortController): Promise<void> {
    try {
      const reader = new FrameReader()
      this.mindSilence()
      for await (const text of this.surroundings.open(this.query(), this.lastEventId, connection.signal)) {
        if (this.connection !== connection) return
        this.mindSilence()
        for (const frame of reader.push(text)) this.take(frame)
      }
      if (this.connection === connection) this.cut()
    } catch (failure) {
      if (this.connection !== connection) return
      if (failure instanceof Stop) this.stop()
      else this.cut()
    }
  }

  private query(): URLSearchParams {
    const query = new URLSearchParams()
    if (this.watched) {
      query.set('conversation', this.watched.conversation)
      query.set('after', String(this.watched.sequence.last))
    }
    return query
  }

  private take(frame: Frame): void {
    const data: unknown = JSON.parse(frame.data)
    switch (frame.event) {
      case 'hello':
        this.greet((data as { stream: string }).stream)
        break
      case 'inbox':
        this.listeners.forEach((listener) => listener.summary?.(data as Summary))
        break
      case 'counts':
        this.listeners.forEach((listener) => listener.counts?.(data as Counts))
        break
      case 'review':
        this.listeners.forEach((listener) => listener.review?.((data as { conversation: string }).conversation))
        break
      case 'provisioning':
        this.listeners.forEach((listener) => listener.provisioned?.(data as Provisioned))
        break
      case 'concerns':
        this.listeners.forEach((listener) => listener.concerned?.(data as Concerned))
        break
      case 'reset':
        this.lastEventId = (data as { stream: string }).stream
        this.reset()
        break
      case 'event': {
        const { conversation, event } = data as { conversation: string; event: FeedEvent }
        if (conversation === this.watched?.conversation) this.watched.sequence.offer(event)
        break
      }
      case 'typing': {
        const { conversation, author, on } = data as { conversation: string; author: Author; on: boolean }
        if (conversation === this.watched?.conversation) this.watched.watcher.typing(author, on)
        break
      }
      case 'draft': {
        const { conversation, answer, text } = data as { conversation: string; answer: string; text: string }
        if (conversation === this.watched?.conversation) this.watched.watcher.draft(answer, text)
        break
      }
      case 'working': {
        const { conversation, answer, on, words } = data as Working
        if (conversation === this.watched?.conversation) this.watched.watcher.working(answer, on, words)
        break
      }
    }
    if (frame.id !== undefined) this.lastEventId = frame.id
  }

  /** The first half of the position names the run of the hub: a position of an earlier run means nothing to this one. */
  private greet(stream: string): void {
    const run = stream.split('-')[0]
    const restarted = this.run !== undefined && this.run !== run
    this.run = run
    this.failures = 0
    if (restarted || this.lastEventId === undefined) this.lastEventId = stream
    this.become('live')
    if (restarted) this.reset()
  }

  private reset(): void {
    this.listeners.forEach((listener) => listener.reset?.())
    void this.watched?.sequence.fill()
  }

  private mindSilence(): void {
    this.cancelTimer()
    this.cancelTimer = this.surroundings.wait(SILENCE, () => this.cut())
  }

  /** Lost the line: tries again after a random pause that grows with each failure. */
  private cut(): void {
    if (this.state === 'stopped') return
    this.disconnect()
    const pause = this.surroundings.random() * Math.min(LONGEST_PAUSE, 1_000 * 2 ** this.failures)
    this.failures += 1
    this.become('lost')
    this.cancelTimer = this.surroundings.wait(pause, () => this.connect())
  }

  private become(line: Line): void {
    if (this.state === line) return
    this.state = line
    this.listeners.forEach((listener) => listener.line?.(line))
  }
}
