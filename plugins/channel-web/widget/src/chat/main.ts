import { Api, Refused } from '../link/api'
import { carriers } from '../link/carriers'
import { Connection } from '../link/connection'
import type { Quote, SentPart } from '../link/frames'
import { Outbox, type SentFile } from '../link/outbox'
import { Box, browserKeeper } from '../link/storage'
import { ownButtonFor, tagFor, wordsFor } from '../words/words'
import { nameOf } from './bubble'
import { newCid } from './cid'
import { Composer } from './composer'
import { Host, type FromHost } from './host'
import { Log } from './log'
import { Model } from './model'
import { Page } from './page'

const TYPING_LASTS = 6_000

const base = location.pathname.replace(/\/frame\/?$/, '')
const search = new URLSearchParams(location.search)
const locale = search.get('locale') || navigator.language || 'en'
const words = wordsFor(locale)
const tag = tagFor(locale)
const box = new Box(browserKeeper(), `hubchat.${base.split('/').pop() ?? ''}.`)
const outbox = new Outbox(box, Date.now)
const api = new Api(base)
const model = new Model()
const host = new Host(search, onHost)

let open = !host.isThere
let seen = 0
let unreadAtStart = 0
let typingTimer: ReturnType<typeof setTimeout> | undefined
let drawing = false

const connection: Connection = new Connection(
  {
    api,
    open: carriers(api, () => document.hidden),
    box,
    outbox,
    now: Date.now,
    after: (ms, work) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    isHidden: () => document.hidden,
    about: () => ({
      locale: tag,
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      // Only host and path: what stands in a query is nobody's business here.
      page: { referrer: document.referrer.split(/[?#]/)[0] }
    })
  },
  {
    link: (state) => page.linked(state),
    session: (session) => {
      page.configure(session.config)
      composer.limit(session.config.limits)
      log.greet(session.config.greeting || words.greeting)
      if (session.conversation) {
        model.state = model.firstSeq > 0 ? model.state : session.conversation.state
        seen = Math.max(seen, session.conversation.read)
        unreadAtStart = model.firstSeq > 0 ? 0 : session.conversation.unread
      }
      draw()
    },
    cleared: () => {
      model.clear()
      seen = 0
      unreadAtStart = 0
      for (const entry of outbox.all()) model.unsent(entry)
      draw()
    },
    event: (event) => {
      unreadAtStart = 0
      model.apply(event)
      if (event.kind === 'message' && event.message.author.kind !== 'customer') {
        typing('')
        host.tell({ hubChat: 1, is: 'event', name: 'message', detail: { from: event.message.author.kind } })
      }
      if (event.kind === 'state') host.tell({ hubChat: 1, is: 'event', name: 'state', detail: { state: event.state } })
      draw()
    },
    typing: (on, author) => typing(on ? (author.kind === 'bot' ? words.botTyping : words.typing(author.name ?? '')) : ''),
    draft: (answer, text) => {
      model.drafted(answer, text)
      if (model.draft) typing('')
      draw()
    },
    working: (work) => {
      model.works(work)
      draw()
    },
    sent: (cid) => {
      model.sent(cid)
      draw()
    },
    held: (cid, why) => {
      model.held(cid, why)
      draw()
    },
    identityRefused: () => host.tell({ hubChat: 1, is: 'event', name: 'identity-refused', detail: {} })
  }
)

const log = new Log(words, tag, {
  choose: (text) => send([{ type: 'text', text }], []),
  retry: (cid) => {
    outbox.release(cid)
    const entry = outbox.all().find((one) => one.cid === cid)
    if (entry) model.unsent(entry)
    connection.flush()
    draw()
  },
  reply: (to) => composer.reply(to, nameOf(to.author, words)),
  rate: (messageId, score) => void rate(messageId, score),
  show: (messageId) => log.point(messageId),
  older: async () => {
    for (const event of await connection.older(model.firstSeq)) model.apply(event, true)
    log.show(model, Date.now())
  },
  atEnd: () => look()
})

const composer = new Composer(words, api, box, ready, {
  send,
  typing: (on) => connection.typing(on),
  problem: (text) => page.complain(text)
})

const page = new Page(words, locale, log, composer, host.isThere, search.get('color') ?? '', {
  close: () => host.tell({ hubChat: 1, is: 'close' }),
  human: () => send([{ type: 'text', text: words.callHuman }], []),
  rate: async (score) => void (await api.feedback({ conversationId: connection.conversationId }, score).catch(() => undefined))
})

connection.readAgain = look

async function rate(messageId: string, score: number): Promise<void> {
  try {
    await api.feedback({ messageId }, score)
    model.rate(messageId, score)
    draw()
  } catch (e) {
    page.complain(e instanceof Refused && e.status === 404 ? words.notThere : words.notRated)
  }
}

function send(parts: SentPart[], files: SentFile[], replyTo?: Quote): void {
  const entry = outbox.add(newCid(Date.now()), parts, files, replyTo)
  model.unsent(entry)
  log.show(model, Date.now(), true)
  connection.flush()
}

/** An upload needs a session; the link may still be coming up. */
async function ready(): Promise<void> {
  connection.start()
  for (let i = 0; i < 100 && !connection.hasToken; i++) await new Promise((resolve) => setTimeout(resolve, 100))
}

function typing(text: string): void {
  clearTimeout(typingTimer)
  log.typer(text)
  if (!text) return
  // Whoever was at work would have said so by then.
  typingTimer = setTimeout(() => {
    log.typer('')
    model.work = undefined
    draw()
  }, TYPING_LASTS)
}

/** Draws once for all that changes at a time. */
function draw(): void {
  if (drawing) return
  drawing = true
  queueMicrotask(() => {
    drawing = false
    page.show(model, connection.conversationId)
    log.show(model, Date.now())
    look()
  })
}

/** What is in sight has been read; the rest is counted on the button. */
function look(): void {
  if (open && !document.hidden && log.isAtEnd() && connection.lastSeq > 0) {
    seen = Math.max(seen, connection.lastSeq)
    unreadAtStart = 0
    connection.read()
  }
  host.tell({ hubChat: 1, is: 'unread', count: open ? 0 : unreadAtStart + model.unreadAfter(seen) })
}

function onHost(message: FromHost): void {
  switch (message.do) {
    case 'open':
      open = true
      connection.start()
      log.toEnd()
      composer.input.focus()
      return look()
    case 'close':
      open = false
      return look()
    case 'identify':
      if (typeof message.jwt === 'string') connection.identify(message.jwt)
      return
    case 'logout':
      void connection.logout()
      return
  }
}

document.addEventListener('keydown', (e) => {
  if (e.key === 'Escape' && !e.isComposing) host.tell({ hubChat: 1, is: 'close' })
})
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return connection.hidden()
  connection.wake()
  look()
})
window.addEventListener('online', () => connection.wake())
window.addEventListener('focus', () => connection.wake())
window.addEventListener('storage', (e) => {
  if (e.key === box.prefix + 'token') connection.tokenChanged(e.newValue ?? undefined)
})

document.body.append(page.root)
composer.begin(page.root)
log.greet(words.greeting)
for (const entry of outbox.all()) model.unsent(entry)
draw()
if (open || outbox.all().length > 0) connection.start()
else if (connection.hasToken) void connection.look()
host.tell({ hubChat: 1, is: 'ready', button: ownButtonFor(locale) })
