/** Keeps the place in a conversation: every event is taken once and in order, and a gap is noticed. */
export class Sequence {
  private last = 0

  /** The highest number up to which everything has been taken. */
  get lastSeq(): number {
    return this.last
  }

  /** Says what to do with an event: take it, drop it as known, or ask again because some are missing. */
  receive(seq: number): 'take' | 'known' | 'gap' {
    if (seq <= this.last) return 'known'
    if (seq > this.last + 1) return 'gap'
    this.last = seq
    return 'take'
  }

  /** Begins anew after a number, because a page up to it was loaded or nothing is shown. */
  startAfter(seq: number): void {
    this.last = seq
  }
}
