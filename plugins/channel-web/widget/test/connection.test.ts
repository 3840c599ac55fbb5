import { beforeEach, describe, expect, it } from 'vitest'
import { Refused, type Api, type Page, type SessionReply } from '../src/link/api'
import type { CarrierEvents } from '../src/link/carriers'
import { Connection, type LinkState } from '../src/link/connection'
import type { ClientFrame, Event } from '../src/link/frames'
import { Outbox } from '../src/link/outbox'
import { Box, MemoryKeeper } from '../src/link/storage'

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
const text = (value: string) => [{ type: 'text' as const, text: value }]

function message(seq: number, cid?: string): Event {
  return { t: 'event', seq, kind: 'message', message: { id: 'm' + seq, cid, author: { kind: cid ? 'customer' : 'agent' }, at: '2026-01-01T00:00:00Z', parts: text('x') } }
}

/** A hub that says what the test tells it to, and a clock that moves when it is told. */
class World {
  now = 1_000_000
  timers: { at: number; work: () => void }[] = []
  links: { way: string; after: number; events: CarrierEvents; sent: ClientFrame[]; open: boolean }[] = []
  sessions: { token?: string; identity?: string }[] = []
  refusals: Refused[] = []
  posted: string[] = []
  held: string[] = []
  postRefusals: Refused[] = []
  /** Whether the way carries frames to the hub, as a socket does and a stream does not. */
  carries = true
  conversation: SessionReply['conversation'] = null
  shown: number[] = []
  states: LinkState[] = []
  sentCids: string[] = []
  cleared = 0
  page: Page = { events: [], lastSeq: 0, more: false }
  keeper = new MemoryKeeper()
  box = new Box(this.keeper, 't.')
  outbox = new Outbox(this.box, () => this.now)
  connection: Connection

  constructor(token = '') {
    if (token) this.box.write('token', token)
    const api = {
      token: '',
      session: async (body: { token?: string; identity?: string }) => {
        this.sessions.push(body)
        const refusal = this.refusals.shift()
        if (refusal) throw refusal
        return {
          token: 'vt_' + this.sessions.length,
          visitor: { id: 'v', verified: false },
          conversation: this.conversation,
          config: {} as SessionReply['config'],
          ws: '',
          ticket: 'tk'
        }
      },
      before: async () => this.page,
      send: async (cid: string, _parts: unknown, replyTo?: string) => {
        this.posted.push(replyTo ? `${cid} to ${replyTo}` : cid)
        const refusal = this.postRefusals.shift()
        if (refusal) throw refusal
        return { messageId: 'm', seq: 1, conversation: 'c' }
      },
      logout: async () => ({})
    } as unknown as Api
    this.connection = new Connection(
      {
        api,
        open: (way, after, _ticket, events) => {
          const link = { way, after: after(), events, sent: [] as ClientFrame[], open: true }
          this.links.push(link)
          return {
            send: (frame) => {
              if (frame.t === 'send' && !this.carries) return false
              link.sent.push(frame)
              return true
            },
            close: () => {
              link.open = false
            }
          }
        },
        box: this.box,
        outbox: this.outbox,
        now: () => this.now,
        after: (ms, work) => {
          const timer = { at: this.now + ms, work }
          this.timers.push(timer)
          return () => {
            this.timers = this.timers.filter((one) => one !== timer)
          }
        },
        isHidden: () => false,
        about: () => ({}),
        random: () => 1
      },
      {
        link: (state) => this.states.push(state),
        session: () => undefined,
        cleared: () => {
          this.cleared++
          this.shown = []
        },
        event: (event) => this.shown.push(event.seq),
        typing: () => undefined,
        draft: () => undefined,
      working: () => undefined,
        sent: (cid) => this.sentCids.push(cid),
        held: (cid, why) => this.held.push(`${cid}: ${why}`),
        identityRefused: () => undefined
      }
    )
  }

  get link() {
    return this.links[this.links.length - 1]!
  }

  async move(ms: number) {
    this.now += ms
    for (let due = this.due(); due; due = this.due()) {
      this.timers = this.timers.filter((one) => one !== due)
      due.work()
      await settle()
    }
  }

  private due() {
    return this.timers.filter((one) => one.at <= this.now).sort((a, b) => a.at - b.at)[0]
  }

  async up(lastSeq: number) {
    await settle()
    this.link.events.open()
    this.link.events.frame({ t: 'welcome', conversation: this.conversation?.id ?? null, from: this.link.after + 1, lastSeq, heartbeat: 25 })
  }

  sends() {
    return this.link.sent.filter((frame) => frame.t === 'send').map((frame) => frame.cid)
  }

  ok(cid: string, seq: number) {
    const sent = this.link.sent.find((frame) => frame.t === 'send' && frame.cid === cid) as { id: number }
    this.link.events.frame({ t: 'ok', id: sent.id, messageId: 'm' + seq, seq, at: '', conversation: 'c' })
  }
}

let world: World
beforeEach(() => {
  world = new World()
})

describe('the connection', () => {
  it('plays the worked example: shows each once, sends again only what is not there', async () => {
    world.conversation = { id: 'c', lastSeq: 41, state: 'bot', unread: 0, read: 0 }
    world.connection.start()
    await world.up(41)
    for (let seq = 1; seq <= 41; seq++) world.link.events.frame(message(seq))
    world.outbox.add('a1', text('A'), [])
    world.connection.flush()
    expect(world.sends()).toEqual(['a1'])
    world.link.events.lost(1006)
    world.outbox.add('b1', text('B'), [])

    world.conversation = { id: 'c', lastSeq: 43, state: 'bot', unread: 0, read: 0 }
    await world.move(1_000)
    expect(world.link.after).toBe(41)
    await world.up(43)
    world.link.events.frame(message(42))
    world.link.events.frame(message(43, 'a1'))
    await settle()
    world.ok('b1', 44)
    world.link.events.frame(message(44, 'b1'))

    expect(world.shown.slice(-4)).toEqual([41, 42, 43, 44])
    expect(world.sentCids).toEqual(['a1', 'b1'])
    expect(world.outbox.all()).toEqual([])
    expect(world.sends().filter((cid) => cid === 'b1')).toHaveLength(1)
  })

  it('asks again when there is a gap, and shows nothing out of order', async () => {
    world.connection.start()
    await world.up(0)
    world.link.events.frame(message(1))
    world.link.events.frame(message(3))

    expect(world.shown).toEqual([1])
    expect(world.link.sent.filter((frame) => frame.t === 'hello').map((frame) => frame.after)).toEqual([0, 1])
    world.link.events.frame(message(2))
    world.link.events.frame(message(3))
    expect(world.shown).toEqual([1, 2, 3])
  })

  it('starts as a new visitor when the token is no longer good', async () => {
    world = new World('vt_old')
    world.refusals.push(new Refused(401, 'token_invalid', 0))
    world.connection.start()
    await settle()

    expect(world.sessions.map((session) => session.token)).toEqual(['vt_old', undefined])
    expect(world.box.read('token')).toBe('vt_2')
  })

  it('drops the list and loads a page after a reset', async () => {
    world.conversation = { id: 'c', lastSeq: 10, state: 'bot', unread: 0, read: 0 }
    world.connection.start()
    await world.up(10)
    for (let seq = 1; seq <= 10; seq++) world.link.events.frame(message(seq))
    world.page = { conversation: 'c', events: [message(899), message(900)], lastSeq: 900, more: true }

    world.link.events.frame({ t: 'reset', lastSeq: 900 })
    await settle()
    world.link.events.frame(message(901))

    expect(world.shown).toEqual([899, 900, 901])
  })

  it('counts a minute of silence as a dead link, and answers a ping', async () => {
    world.connection.start()
    await world.up(0)
    world.link.events.frame({ t: 'ping' })
    expect(world.link.sent.map((frame) => frame.t)).toContain('pong')

    await world.move(59_999)
    expect(world.connection.state).toBe('online')
    await world.move(1)
    expect(world.connection.state).toBe('offline')
    expect(world.links[0]?.open).toBe(false)
  })

  it('falls back to a stream after three sockets that never came up', async () => {
    world.connection.start()
    for (let i = 0; i < 3; i++) {
      await settle()
      world.link.events.lost(1006)
      await world.move(30_000)
    }
    await settle()

    expect(world.links.map((link) => link.way)).toEqual(['socket', 'socket', 'socket', 'stream'])
  })

  it('follows another conversation when the session is replaced', async () => {
    world.conversation = { id: 'c', lastSeq: 1, state: 'bot', unread: 0, read: 0 }
    world.connection.start()
    await world.up(1)
    world.link.events.frame(message(1))

    world.link.events.frame({ t: 'session.replaced', token: 'vt_new', conversation: 'd' })
    world.link.events.frame({ t: 'welcome', conversation: 'd', from: 1, lastSeq: 2, heartbeat: 25 })
    world.link.events.frame(message(1))
    world.link.events.frame(message(2))

    expect(world.shown).toEqual([1, 2])
    expect(world.box.read('token')).toBe('vt_new')
  })

  it('sends one after the other, and waits when it was too much', async () => {
    world.connection.start()
    await world.up(0)
    world.outbox.add('a', text('1'), [])
    world.outbox.add('b', text('2'), [])
    world.connection.flush()
    expect(world.sends()).toEqual(['a'])
    world.link.events.frame({ t: 'error', id: (world.link.sent.at(-1) as { id: number }).id, code: 'rate_limited', retry: true, text: '' })
    await settle()
    expect(world.sends()).toEqual(['a'])

    await world.move(3_000)
    expect(world.sends()).toEqual(['a', 'a'])
    world.link.events.frame({ t: 'error', id: (world.link.sent.at(-1) as { id: number }).id, code: 'too_long', retry: false, text: '' })
    await settle()

    expect(world.sends()).toEqual(['a', 'a', 'b'])
    expect(world.outbox.all()[0]?.held).toBe('too_long')
  })

  it('says what a message replies to by whichever way it goes, and holds it when the hub does not know that', async () => {
    const quote = { id: 'm7', author: { kind: 'bot' as const }, text: 'hi' }
    world.connection.start()
    await world.up(0)
    world.outbox.add('a', text('1'), [], quote)
    world.connection.flush()
    expect(world.link.sent.at(-1)).toMatchObject({ t: 'send', cid: 'a', replyTo: 'm7' })
    world.link.events.frame({ t: 'error', id: (world.link.sent.at(-1) as { id: number }).id, code: 'unknown_message', retry: false, text: '' })
    expect(world.held).toEqual(['a: unknown_message'])

    world.carries = false
    world.postRefusals.push(new Refused(404, 'unknown_message', 0))
    world.outbox.add('b', text('2'), [], quote)
    world.connection.flush()
    await settle()

    expect(world.posted).toEqual(['b to m7'])
    expect(world.held).toEqual(['a: unknown_message', 'b: unknown_message'])
    expect(world.states.at(-1)).toBe('online')
  })

  it('posts again under the same cid after the pause the hub asks for', async () => {
    world.carries = false
    world.connection.start()
    await world.up(0)
    world.postRefusals.push(new Refused(503, 'unavailable', 5_000))
    world.outbox.add('a', text('1'), [])
    world.connection.flush()
    await settle()

    await world.move(4_900)
    expect(world.posted).toEqual(['a'])
    await world.move(100)

    expect(world.posted).toEqual(['a', 'a'])
    expect(world.sentCids).toEqual(['a'])
  })
})
