/** When to try again, by the rules of the protocol. */

const LONGEST = 30_000
const GOOD_LINK = 60_000

export type Way = 'socket' | 'stream' | 'poll'

/** What to do after a link was lost. */
export type Next =
  | { do: 'stop' }
  | { do: 'wait-for-show' }
  | { do: 'retry'; after: number }

export class Backoff {
  private failures = 0
  private failuresOfWay = 0
  private upSince = 0
  private asked = 0
  way: Way = 'socket'

  constructor(private readonly random: () => number = Math.random) {}

  /** The link works; only a minute of it clears the record. */
  up(now: number): void {
    this.upSince = now
    this.failuresOfWay = 0
  }

  /** The hub asked to come back after a pause, as it does before a restart. */
  askedToReturn(after: number): void {
    this.asked = after
  }

  /** The link was lost or never came up. */
  lost(code: number, now: number): Next {
    const wasUp = this.upSince > 0
    if (wasUp && now - this.upSince >= GOOD_LINK) this.failures = 0
    this.upSince = 0
    if (!wasUp) this.failWay()
    switch (code) {
      case 1000:
      case 4003:
        return { do: 'stop' }
      case 4009:
        return { do: 'wait-for-show' }
      case 4000:
      case 4029:
        return { do: 'retry', after: LONGEST }
      case 4008:
        return { do: 'retry', after: 0 }
    }
    if (this.asked > 0) {
      const after = this.asked + this.random() * this.asked
      this.asked = 0
      return { do: 'retry', after }
    }
    return { do: 'retry', after: this.pause() }
  }

  /** A pause for anything that failed and is tried again. */
  pause(): number {
    const most = Math.min(LONGEST, 1000 * 2 ** this.failures)
    this.failures = Math.min(this.failures + 1, 10)
    return this.random() * most
  }

  /** After three failures of one way, the next simpler one. */
  private failWay(): void {
    this.failuresOfWay++
    if (this.failuresOfWay < 3 || this.way === 'poll') return
    this.way = this.way === 'socket' ? 'stream' : 'poll'
    this.failuresOfWay = 0
  }

  /** Every five minutes, and whenever the network came back, the best way is tried again. */
  tryBest(): void {
    this.way = 'socket'
    this.failuresOfWay = 0
  }
}
