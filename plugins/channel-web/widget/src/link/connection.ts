import { Refused, type Api, type SessionReply } from './api'
import { Backoff } from './backoff'
import type { Carrier, OpenCarrier } from './carriers'
import type { Author, ClientFrame, Event, ServerFrame, Working } from './frames'
import type { Outbox, Unsent } from './outbox'
import { Sequence } from './sequence'
import type { Box } from './storage'

export type LinkState = 'idle' | 'connecting' | 'online' | 'offline' | 'stopped'

/** What the page hears of; every event once and in order. */
export interface Listener {
  link(state: LinkState): void
  session(session: SessionReply): void
  /** Drop everything shown; a page of newer events follows, if there are any. */
  cleared(): void
  event(event: Event): void
  typing(on: boolean, author: Author): void
  draft(answer: string, text: string): void
  working(work: Working): void
  sent(cid: string, seq: number): void
  held(cid: string, why: string): void
  identityRefused(): void
}

export interface Surroundings {
  api: Api
  open: OpenCarrier
  box: Box
  outbox: Outbox
  now(): number
  after(ms: number, work: () => void): () => void
  isHidden(): boolean
  about(): object
  random?: () => number
}

const SILENCE = 60_000
const ANSWER = 15_000
const RESEND = 3_000
const GAP_PATIENCE = 3_000
const BEST_AGAIN = 5 * 60_000
const HIDDEN_TOO_LONG = 5 * 60_000
const FIRST_PAGE = 50

/**
 * The one connection of a page: gets a session, keeps a link up by the best way there is, resumes exactly, and sends
 * what waits in the outbox, one after the other.
 */
export class Connection {
  private readonly sequence = new Sequence()
  private readonly backoff: Backoff
  private carrier: Carrier | undefined
  private wanted = false
  private greeted = false
  private opening = false
  private conversation = ''
  private identity = ''
  private sending: { entry: Unsent; id: number } | undefined
  private nextId = 1
  private readSent = 0
  private readonly timers = new Map<string, () => void>()
  private generation = 0
  state: LinkState = 'idle'

  constructor(
    private readonly around: Surroundings,
    private readonly listener: Listener
  ) {
    this.backoff = new Backoff(around.random)
    around.api.token = around.box.read('token') ?? ''
  }

  get lastSeq(): number {
    return this.sequence.lastSeq
  }

  get conversationId(): string {
    return this.conversation
  }

  get hasToken(): boolean {
    return this.around.api.token !== ''
  }

  /** Wants a link from now on. */
  start(): void {
    if (this.wanted) return
    this.wanted = true
    void this.connect()
  }

  /** Gets a session only, for the badge; the link comes up by itself where a conversation is running. */
  async look(): Promise<void> {
    const session = await this.session().catch(() => undefined)
    if (session?.conversation && session.conversation.state !== 'closed') this.start()
  }

  /** Tells who the customer is, now or with the next session. */
  identify(jwt: string): void {
    this.identity = jwt
    if (this.greeted && this.carrier?.send({ t: 'identify', id: this.nextId++, identity: jwt })) this.identity = ''
    else if (this.wanted) this.reconnect()
    else void this.look()
  }

  /** Forgets everything about this visitor. */
  async logout(): Promise<void> {
    const gone = this.around.api.token ? this.around.api.logout().catch(() => undefined) : Promise.resolve()
    this.stop()
    this.forget()
    this.around.outbox.clear()
    await gone
  }

  /** Another tab has another token now. */
  tokenChanged(token: string | undefined): void {
    if ((token ?? '') === this.around.api.token) return
    this.around.api.token = token ?? ''
    if (token && this.wanted) this.reconnect()
    else if (!token) {
      this.stop()
      this.startOver()
    }
  }

  stop(): void {
    this.wanted = false
    this.drop(1000)
    this.tell('idle')
  }

  /** The network or the page came back: no reason to wait any longer. */
  wake(): void {
    this.cancel('hidden')
    if (!this.wanted || this.state === 'online' || this.state === 'stopped') return
    this.backoff.tryBest()
    this.reconnect()
  }

  /** The page went out of sight; after a while the hub need not keep a link for it. */
  hidden(): void {
    this.timer('hidden', HIDDEN_TOO_LONG, () => {
      this.drop(1000)
      this.tell('idle')
    })
  }

  /** Something new lies in the outbox. */
  flush(): void {
    if (!this.wanted) this.start()
    else if (this.greeted && !this.sending) void this.sendNext()
  }

  typing(on: boolean): void {
    if (!this.greeted || !this.conversation) return
    if (!this.carrier?.send({ t: 'typing', on })) void this.around.api.typing(on).catch(() => undefined)
  }

  /** The visitor has seen everything so far. */
  read(): void {
    const upTo = this.lastSeq
    if (!this.greeted || upTo <= this.readSent || this.timers.has('read')) return
    this.readSent = upTo
    if (!this.carrier?.send({ t: 'read', upTo })) void this.around.api.read(upTo).catch(() => undefined)
    this.timer('read', 1000, () => this.readAgain?.())
  }

  /** Called when another read mark may be sent. */
  readAgain: (() => void) | undefined

  // Coming up

  private async connect(): Promise<void> {
    if (this.opening || this.carrier || !this.wanted) return
    this.opening = true
    this.cancel('retry')
    this.tell('connecting')
    const generation = this.generation
    try {
      const session = await this.session()
      await this.loadNewest(session)
      this.opening = false
      if (generation === this.generation && this.wanted) this.openCarrier(session.ticket)
      else if (this.wanted) void this.connect()
    } catch (e) {
      this.opening = false
      if (!this.wanted) return
      const asked = e instanceof Refused ? e.retryAfter : 0
      if (e instanceof Refused && e.status === 403) this.tell('stopped')
      else this.retry(Math.max(asked, this.backoff.pause()))
    }
  }

  private async session(): Promise<SessionReply> {
    const { api, box } = this.around
    const identity = this.identity
    try {
      const session = await api.session({ ...this.around.about(), token: api.token || undefined, identity: identity || undefined })
      this.identity = ''
      api.token = session.token
      box.write('token', session.token)
      const conversation = session.conversation?.id ?? ''
      if (this.conversation && conversation !== this.conversation) this.startOver()
      this.conversation = conversation
      this.readSent = Math.max(this.readSent, session.conversation?.read ?? 0)
      this.listener.session(session)
      return session
    } catch (e) {
      if (!(e instanceof Refused) || e.status !== 401) throw e
      if (e.code === 'identity_refused') {
        this.identity = ''
        this.listener.identityRefused()
      } else if (api.token) {
        this.forget()
      } else {
        throw e
      }
      return this.session()
    }
  }

  /** With nothing shown yet, the newest page comes before the link, so that a long history is not replayed. */
  private async loadNewest(session: SessionReply): Promise<void> {
    const last = session.conversation?.lastSeq ?? 0
    if (this.lastSeq > 0 || last <= FIRST_PAGE) return
    await this.loadPage(last)
  }

  private async loadPage(last: number): Promise<void> {
    const page = await this.around.api.before(last + 1, FIRST_PAGE)
    this.listener.cleared()
    this.sequence.startAfter((page.events[0]?.seq ?? last + 1) - 1)
    for (const event of page.events) this.take(event)
  }

  /** Loads what was said before; says whether there may be more. */
  async older(before: number): Promise<Event[]> {
    return before > 1 ? (await this.around.api.before(before, FIRST_PAGE)).events : []
  }

  private openCarrier(ticket: string): void {
    const generation = ++this.generation
    const mine = () => generation === this.generation
    this.carrier = this.around.open(this.backoff.way, () => this.lastSeq, ticket, {
      open: () => mine() && this.opened(),
      frame: (frame) => mine() && this.frame(frame),
      lost: (code) => mine() && this.lost(code)
    })
    this.heard()
  }

  private opened(): void {
    this.send({ t: 'hello', id: this.nextId++, conversation: this.conversation || undefined, after: this.lastSeq, caps: ['draft'] })
  }

  private send(frame: ClientFrame): boolean {
    return this.carrier?.send(frame) ?? false
  }

  // Going down

  private lost(code: number): void {
    const next = this.backoff.lost(code, this.around.now())
    this.drop(code)
    if (code === 4001) this.around.box.remove('ticket')
    if (!this.wanted) return
    switch (next.do) {
      case 'stop':
        return this.tell(code === 4003 ? 'stopped' : 'idle')
      case 'wait-for-show':
        return this.tell('idle')
      case 'retry':
        return this.retry(next.after)
    }
  }

  private retry(after: number): void {
    this.tell('offline')
    this.timer('retry', after, () => void this.connect())
  }

  private reconnect(): void {
    this.drop(1000)
    void this.connect()
  }

  private drop(code: number): void {
    this.generation++
    this.greeted = false
    this.sending = undefined
    for (const name of ['silence', 'answer', 'gap', 'best', 'retry', 'resend']) this.cancel(name)
    const carrier = this.carrier
    this.carrier = undefined
    carrier?.close(code)
  }

  private forget(): void {
    this.around.api.token = ''
    this.around.box.remove('token')
    this.startOver()
  }

  private startOver(): void {
    this.conversation = ''
    this.readSent = 0
    this.sequence.startAfter(0)
    this.listener.cleared()
  }

  /** Any frame is a sign of life; after a minute without one the link counts as dead. */
  private heard(): void {
    this.timer('silence', SILENCE, () => this.lost(1006))
  }

  // What comes in

  private frame(frame: ServerFrame): void {
    this.heard()
    switch (frame.t) {
      case 'welcome':
        return this.welcome(frame.conversation)
      case 'event':
        return this.take(frame)
      case 'ok':
        return this.ok(frame.id, frame.seq, frame.conversation)
      case 'error':
        return this.error(frame.id, frame.code, frame.retry)
      case 'typing':
        return this.listener.typing(frame.on, frame.author)
      case 'draft':
        return this.listener.draft(frame.answer, frame.text)
      case 'working':
        return this.listener.working(frame)
      case 'ping':
        return void this.send({ t: 'pong' })
      case 'session.replaced':
        return this.replaced(frame.token, frame.conversation)
      case 'reset':
        return this.reset(frame.lastSeq)
      case 'bye':
        return this.backoff.askedToReturn(frame.retryAfterMs)
    }
  }

  private welcome(conversation: string | null): void {
    if (conversation && this.conversation && conversation !== this.conversation) this.startOver()
    this.conversation = conversation ?? this.conversation
    this.greeted = true
    this.backoff.up(this.around.now())
    if (this.backoff.way !== 'socket') {
      this.timer('best', BEST_AGAIN, () => {
        this.backoff.tryBest()
        this.reconnect()
      })
    }
    this.tell('online')
    if (this.identity) this.identify(this.identity)
    if (!this.sending) void this.sendNext()
  }

  private take(event: Event): void {
    const verdict = this.sequence.receive(event.seq)
    if (verdict === 'gap') return this.resync()
    if (verdict === 'known') return
    if (event.kind === 'message' && event.message.cid) this.confirmed(event.message.cid, event.seq)
    this.listener.event(event)
  }

  /** Something is missing: ask again from what is known instead of guessing. */
  private resync(): void {
    if (this.timers.has('gap')) return
    this.timer('gap', 1000, () => undefined)
    if (!this.send({ t: 'hello', id: this.nextId++, conversation: this.conversation || undefined, after: this.lastSeq, caps: ['draft'] })) {
      this.reconnect()
    }
  }

  private reset(lastSeq: number): void {
    this.sequence.startAfter(lastSeq)
    void this.loadPage(lastSeq).catch(() => this.lost(1006))
  }

  private replaced(token: string, conversation: string | null): void {
    this.around.api.token = token
    this.around.box.write('token', token)
    if (this.conversation && conversation !== this.conversation) this.startOver()
    this.conversation = conversation ?? ''
  }

  // The outbox

  private async sendNext(): Promise<void> {
    if (this.timers.has('resend')) return
    const entry = this.around.outbox.next()
    if (!entry) return
    const id = this.nextId++
    this.sending = { entry, id }
    const generation = this.generation
    if (this.send({ t: 'send', id, cid: entry.cid, parts: entry.parts, replyTo: entry.replyTo?.id })) {
      this.timer('answer', ANSWER, () => this.lost(1006))
      return
    }
    try {
      const reply = await this.around.api.send(entry.cid, entry.parts, entry.replyTo?.id)
      if (generation === this.generation) this.ok(id, reply.seq, reply.conversation)
      else this.confirmed(entry.cid, reply.seq)
    } catch (e) {
      if (generation !== this.generation) return
      if (e instanceof Refused) this.error(id, e.code, e.status === 429 || e.status >= 500 || e.status === 401, e.retryAfter)
      else this.lost(1006)
    }
  }

  private ok(id: number | undefined, seq: number | undefined, conversation: string | undefined): void {
    if (this.sending?.id !== id || !this.sending) return
    const { entry } = this.sending
    if (conversation && !this.conversation) this.conversation = conversation
    this.confirmed(entry.cid, seq ?? 0)
    if (seq && seq > this.lastSeq) {
      this.timer('gap', GAP_PATIENCE, () => {
        if (seq > this.lastSeq) this.resync()
      })
    }
  }

  /** The hub has it: by its answer or by its event, whichever came first. */
  private confirmed(cid: string, seq: number): void {
    if (this.around.outbox.has(cid)) {
      this.around.outbox.done(cid)
      this.listener.sent(cid, seq)
    }
    if (this.sending?.entry.cid !== cid) return
    this.sending = undefined
    this.cancel('answer')
    if (this.greeted) void this.sendNext()
  }

  private error(id: number | undefined, code: string, retry: boolean, pause = 0): void {
    if (code === 'identity_refused') return this.listener.identityRefused()
    if (code === 'not_found') return this.lost(4001)
    if (!this.sending || this.sending.id !== id) return
    const { cid } = this.sending.entry
    this.sending = undefined
    this.cancel('answer')
    if (retry) {
      this.timer('resend', Math.max(RESEND, pause), () => void this.sendNext())
    } else {
      this.around.outbox.hold(cid, code)
      this.listener.held(cid, code)
      void this.sendNext()
    }
  }

  // Small things

  private tell(state: LinkState): void {
    if (state === this.state) return
    this.state = state
    this.listener.link(state)
  }

  private timer(name: string, ms: number, work: () => void): void {
    this.cancel(name)
    this.timers.set(
      name,
      this.around.after(ms, () => {
        this.timers.delete(name)
        work()
      })
    )
  }

  private cancel(name: string): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
  }
}
