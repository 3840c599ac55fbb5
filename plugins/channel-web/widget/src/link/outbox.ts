import type { Quote, SentPart } from './frames'
import type { Box } from './storage'

/** What is shown of a file before the hub has told about it. */
export interface SentFile {
  name: string
  mime: string
  size: number
}

export interface Unsent {
  cid: string
  at: number
  parts: SentPart[]
  files: SentFile[]
  replyTo?: Quote
  /** Why it will not be sent by itself; empty while it will be. */
  held: string
}

/** The hub's word for a message that replies to one its sender cannot see. */
export const UNKNOWN_MESSAGE = 'unknown_message'

const DAY = 24 * 3600 * 1000
const PREFIX = 'out.'

/**
 * Messages that the hub has not confirmed yet. Each lies in the browser's storage under its own key, so that tabs do
 * not overwrite each other; two tabs that send the same one do no harm, since its cid stays the same.
 */
export class Outbox {
  private readonly unsent = new Map<string, Unsent>()

  constructor(
    private readonly box: Box,
    private readonly now: () => number
  ) {
    for (const key of box.keys(PREFIX)) {
      const entry = box.readJson<Unsent>(key)
      if (entry?.cid && Array.isArray(entry.parts)) this.unsent.set(entry.cid, entry)
      else box.remove(key)
    }
  }

  /** All of them, oldest first. */
  all(): Unsent[] {
    return [...this.unsent.values()].sort((a, b) => a.at - b.at || (a.cid < b.cid ? -1 : 1))
  }

  has(cid: string): boolean {
    return this.unsent.has(cid)
  }

  add(cid: string, parts: SentPart[], files: SentFile[], replyTo?: Quote): Unsent {
    const latest = Math.max(0, ...this.all().map((entry) => entry.at))
    const entry = { cid, at: Math.max(this.now(), latest + 1), parts, files, replyTo, held: '' }
    this.put(entry)
    return entry
  }

  /** The hub has it, as its answer or its event says. */
  done(cid: string): void {
    this.unsent.delete(cid)
    this.box.remove(PREFIX + cid)
  }

  /** It waits for the visitor to try again. */
  hold(cid: string, why: string): void {
    const entry = this.unsent.get(cid)
    if (entry) this.put({ ...entry, held: why })
  }

  /** The visitor wants it sent after all; without what it cannot reply to. */
  release(cid: string): void {
    const entry = this.unsent.get(cid)
    if (!entry) return
    const replyTo = entry.held === UNKNOWN_MESSAGE ? undefined : entry.replyTo
    this.put({ ...entry, held: '', at: this.now(), replyTo })
  }

  /** The next one to send; what is older than a day waits for the visitor. */
  next(): Unsent | undefined {
    for (const entry of this.all()) {
      if (entry.held) continue
      if (this.now() - entry.at <= DAY) return entry
      this.hold(entry.cid, 'stale')
    }
    return undefined
  }

  clear(): void {
    for (const cid of [...this.unsent.keys()]) this.done(cid)
  }

  private put(entry: Unsent): void {
    this.unsent.set(entry.cid, entry)
    this.box.writeJson(PREFIX + entry.cid, entry)
  }
}
