import type { Author, Event, Message, Part, Quote, SentPart, State, Working } from '../link/frames'
import type { SentFile, Unsent } from '../link/outbox'

export type Status = 'sending' | 'sent' | 'read' | 'held' | ''

/** One message as it is shown. */
export interface Shown {
  key: string
  /** 0 while the hub has not placed it. */
  seq: number
  cid: string
  author: Author
  at: number
  parts: Part[]
  status: Status
  /** A message on its way carries its files by name only. */
  files: SentFile[]
  replyTo?: Quote
  /** Why it is held; empty while it is not. */
  held: string
}

/** Everything the page shows of a conversation; knows nothing of how it looks or how it came. */
export class Model {
  private readonly byKey = new Map<string, Shown>()
  private readonly keyOfCid = new Map<string, string>()
  private readonly changed = new Map<string, Part[]>()
  private readonly answered = new Set<string>()
  private readonly scores = new Map<string, number>()
  private agentRead = 0
  state: State = 'bot'
  agent = ''
  draft: { answer: string; text: string } | undefined
  /** What is said while an answer is made, and is gone with it. */
  work: Working | undefined

  /** In the order of the conversation; what is still on its way comes last. */
  messages(): Shown[] {
    return [...this.byKey.values()].sort((a, b) => place(a) - place(b) || a.at - b.at)
  }

  /** The first number that is shown; 0 when nothing is. */
  get firstSeq(): number {
    let first = 0
    for (const shown of this.byKey.values()) {
      if (shown.seq > 0 && (first === 0 || shown.seq < first)) first = shown.seq
    }
    return first
  }

  clear(): void {
    this.byKey.clear()
    this.keyOfCid.clear()
    this.changed.clear()
    this.answered.clear()
    this.scores.clear()
    this.agentRead = 0
    this.state = 'bot'
    this.agent = ''
    this.quiet()
  }

  /** Nothing is being made. */
  private quiet(): void {
    this.draft = undefined
    this.work = undefined
  }

  /** A live event, or one of an older page, which says nothing about how things stand now. */
  apply(event: Event, older = false): void {
    switch (event.kind) {
      case 'message':
        this.add(event.seq, event.message)
        break
      case 'message.updated': {
        const known = this.byKey.get(event.message.id)
        if (older && this.changed.has(event.message.id)) break
        if (known) known.parts = event.message.parts
        this.changed.set(event.message.id, event.message.parts)
        break
      }
      case 'state':
        if (older) break
        this.state = event.state
        this.agent = event.state === 'with_agent' ? (event.agent ?? '') : ''
        // A person speaks, or nobody: half an answer of the bot is no answer.
        if (event.state !== 'bot') this.quiet()
        break
      case 'read':
        this.agentRead = Math.max(this.agentRead, event.upTo)
        this.mark()
        break
    }
  }

  private add(seq: number, message: Message): void {
    const cid = message.cid ?? ''
    const own = message.author.kind === 'customer'
    if (own && cid) this.byKey.delete(this.keyOfCid.get(cid) ?? '')
    if (message.answer) {
      this.answered.add(message.answer)
      if (this.draft?.answer === message.answer) this.draft = undefined
      if (this.work?.answer === message.answer) this.work = undefined
    }
    this.byKey.set(message.id, {
      key: message.id,
      seq,
      cid,
      author: message.author,
      at: Date.parse(message.at),
      parts: this.changed.get(message.id) ?? message.parts,
      status: own ? (seq <= this.agentRead ? 'read' : 'sent') : '',
      files: [],
      replyTo: message.replyTo,
      held: ''
    })
    if (cid) this.keyOfCid.set(cid, message.id)
  }

  private mark(): void {
    for (const shown of this.byKey.values()) {
      if (shown.status === 'sent' && shown.seq > 0 && shown.seq <= this.agentRead) shown.status = 'read'
    }
  }

  /** A message on its way. */
  unsent(entry: Unsent): void {
    if ((this.ofCid(entry.cid)?.seq ?? 0) > 0) return
    const key = 'cid:' + entry.cid
    this.keyOfCid.set(entry.cid, key)
    this.byKey.set(key, {
      key,
      seq: 0,
      cid: entry.cid,
      author: { kind: 'customer' },
      at: entry.at,
      parts: entry.parts.filter((part): part is SentPart & { type: 'text' } => part.type === 'text'),
      status: entry.held ? 'held' : 'sending',
      files: entry.files,
      replyTo: entry.replyTo,
      held: entry.held
    })
  }

  /** The hub has it; its event will take its place. */
  sent(cid: string): void {
    const shown = this.ofCid(cid)
    if (shown?.seq === 0) shown.status = 'sent'
  }

  held(cid: string, why: string): void {
    const shown = this.ofCid(cid)
    if (shown?.seq !== 0) return
    shown.status = 'held'
    shown.held = why
  }

  has(messageId: string): boolean {
    return this.byKey.has(messageId)
  }

  /** What the visitor thinks of a message; the hub keeps it, the page only while it is open. */
  rate(messageId: string, score: number): void {
    this.scores.set(messageId, score)
  }

  scoreOf(messageId: string): number {
    return this.scores.get(messageId) ?? 0
  }

  private ofCid(cid: string): Shown | undefined {
    return this.byKey.get(this.keyOfCid.get(cid) ?? '')
  }

  /** More of an answer that is being made, or nothing of it any more; one that is finished is not drafted again. */
  drafted(answer: string, text: string): void {
    if (this.answered.has(answer) || this.state !== 'bot') return
    this.work = undefined
    if (text) this.draft = { answer, text }
    else if (this.draft?.answer === answer) this.draft = undefined
  }

  /** How it stands with an answer that takes its time. */
  works(work: Working): void {
    if (this.answered.has(work.answer) || this.state !== 'bot') return
    this.work = work.on && this.draft?.answer !== work.answer ? work : undefined
  }

  /** How many messages of others came after a number. */
  unreadAfter(seq: number): number {
    let unread = 0
    for (const shown of this.byKey.values()) {
      if (shown.seq > seq && shown.author.kind !== 'customer') unread++
    }
    return unread
  }
}

function place(shown: Shown): number {
  return shown.seq > 0 ? shown.seq : Number.MAX_SAFE_INTEGER
}
