import type { EventPage, FeedEvent } from '../api/types'

type Fetch = (after: number) => Promise<EventPage>

/**
 * Puts the events of one conversation in order: each `feed` number exactly once and none left out. What comes early waits
 * until the missing ones were fetched; what comes again is dropped. One thread, many asynchronous callers.
 */
export class Sequence {
  private readonly early = new Map<number, FeedEvent>()
  private fetching = false
  private stopped = false

  constructor(
    public last: number,
    private readonly fetch: Fetch,
    private readonly deliver: (event: FeedEvent) => void,
    private readonly failed: () => void = () => {},
  ) {}

  offer(event: FeedEvent): void {
    if (this.stopped || event.feed <= this.last) return
    this.early.set(event.feed, event)
    this.drain()
    if (this.early.size > 0) void this.fill()
  }

  /** Asks for whatever came after the last one that is known. */
  async fill(): Promise<void> {
    if (this.fetching || this.stopped) return
    this.fetching = true
    try {
      let more = true
      while (more && !this.stopped) {
        const page = await this.fetch(this.last)
        for (const event of page.events) if (event.feed > this.last) this.early.set(event.feed, event)
        const before = this.last
        this.drain()
        more = (page.more || this.early.size > 0) && this.last > before
      }
    } catch {
      this.failed()
    } finally {
      this.fetching = false
    }
  }

  stop(): void {
    this.stopped = true
    this.early.clear()
  }

  private drain(): void {
    for (let next = this.early.get(this.last + 1); next; next = this.early.get(this.last + 1)) {
      this.early.delete(next.feed)
      this.last = next.feed
      this.deliver(next)
    }
    for (const feed of this.early.keys()) if (feed <= this.last) this.early.delete(feed)
  }
}
