import { randomUUID } from 'node:crypto'
import { Plugging } from './plugins.mjs'
import {
  channels,
  conversations,
  desks,
  entries,
  audit,
  people,
  unanswered,
  documents,
  proposals,
} from './people-and-things.mjs'

export class Refusal extends Error {
  constructor(status, code, message, extra = {}) {
    super(message)
    Object.assign(this, { status, code, extra })
  }
}

/** Everything the stand-in knows, and the streams that hear of its changes. */
export class World {
  constructor(lively) {
    Object.assign(this, {
      desks,
      people: people(),
      tokens: [
        {
          id: 'token-1',
          name: '夜间报表',
          hint: 'khk_q4Rt',
          scopes: ['models'],
          aliases: ['support-default'],
          desk: 'desk-main',
          createdBy: 'hub',
          createdAt: '2026-01-05T03:00:00Z',
        },
      ],
      channels: channels(),
      plugging: new Plugging(),
      audit: audit(),
      entries: entries(),
      unanswered: unanswered(),
      documents: documents(),
      proposals: proposals(),
    })
    this.settings = {
      organisation: '晴山小店',
      publicAddress: 'https://chat.example.com',
      language: 'zh-CN',
      sound: true,
      agentsReview: false,
    }
    this.provisioning = {
      readAt: now(),
      files: [
        { name: 'people.yaml', state: 'applied', appliedAt: now() },
        { name: 'shop.yaml', state: 'refused' },
      ],
      problems: [{ file: 'shop.yaml', line: 7, key: 'channels.wk_shop.desk', message: '没有部门“shop”' }],
    }
    this.sessions = new Map()
    this.files = new Map()
    this.streams = new Set()
    this.run = randomUUID().slice(0, 4)
    this.position = 0
    this.conversations = new Map(conversations(this).map((one) => [one.id, one]))
    this.timers = []
    if (lively)
      this.timers.push(setInterval(() => this.streams.forEach((stream) => stream.send('ping', { at: now() })), 15_000))
  }

  stop() {
    this.timers.forEach(clearInterval)
  }

  session(cookie = '') {
    return this.sessions.get(/kefuhub_session=([\w-]+)/.exec(cookie)?.[1])
  }

  counts(me) {
    const all = [...this.conversations.values()]
    return {
      mine: all.filter((one) => one.mode === 'agent' && one.assignee?.id === me.id).length,
      waiting: all.filter((one) => one.mode === 'waiting').length,
      held: 0,
      all: all.filter((one) => one.mode !== 'closed').length,
    }
  }

  find(id) {
    const found = this.conversations.get(id)
    if (!found) throw new Refusal(404, 'not-found', 'No such conversation')
    return found
  }

  summary({ events, attributes, customerReadSeq, agentReadSeq, firstAt, epoch, ...rest }) {
    return { ...rest, unread: this.unread({ events, agentReadSeq }) }
  }

  detail(one) {
    const { attributes, customerReadSeq, agentReadSeq, firstAt, epoch } = one
    return { ...this.summary(one), attributes, customerReadSeq, agentReadSeq, firstAt, epoch }
  }

  unread({ events, agentReadSeq }) {
    return events.filter(
      (event) => event.kind === 'message' && event.message.author.kind === 'customer' && event.seq > agentReadSeq,
    ).length
  }

  /** Stores an event with the next numbers and tells everybody who watches. */
  add(one, event, seen = true) {
    const stored = { ...event, feed: ++one.feed, ...(seen ? { seq: ++one.seq } : {}), at: event.at ?? now() }
    one.events.push(stored)
    if (event.kind === 'message') {
      one.lastAt = stored.at
      one.lastAuthor = event.message.author.kind
      one.lastText = event.message.parts
        .map((part) => part.text ?? `[${part.name}]`)
        .join(' ')
        .slice(0, 200)
    }
    this.tell(one, stored)
    return stored
  }

  tell(one, event) {
    this.position += 1
    for (const stream of this.streams) {
      if (event && stream.conversation === one.id) stream.send('event', { conversation: one.id, event })
      stream.send('inbox', this.summary(one), `${this.run}-${this.position}`)
      stream.send('counts', this.counts(stream.me), `${this.run}-${this.position}`)
    }
  }

  say(one, author, parts, extra = {}) {
    return this.add(one, {
      kind: 'message',
      message: { id: randomUUID(), author, at: now(), parts, state: 'SENT', ...extra },
    })
  }

  become(one, mode, assignee) {
    Object.assign(one, { mode, assignee, waitingSince: mode === 'waiting' ? now() : undefined })
    one.epoch += 1
    this.add(one, { kind: 'state', mode, assignee })
  }

  /** The customer sees it, thinks, types and answers, as customers do. */
  react(one, message) {
    const soon = (milliseconds, what) => this.timers.push(setTimeout(what, milliseconds))
    soon(700, () => {
      one.customerReadSeq = one.seq
      this.add(one, { kind: 'read', by: 'customer', upTo: message.seq })
    })
    const author = { kind: 'customer', id: one.contact.id, name: one.contact.name }
    soon(1_600, () => this.typing(one, author, true))
    soon(3_600, () => {
      this.typing(one, author, false)
      this.say(one, author, [{ type: 'text', text: one.language === 'en' ? 'Great, thank you!' : '好的，谢谢您！' }], {
        state: 'WAITING',
      })
    })
  }

  typing(one, author, on) {
    for (const stream of this.streams)
      if (stream.conversation === one.id) stream.send('typing', { conversation: one.id, author, on })
  }
}

export const now = () => new Date().toISOString()
