import { afterEach, describe, expect, it, vi } from 'vitest'
import { mayPass, outbox } from '../src/conversation/outbox'
import { Refused, Unreachable } from '../src/shared/api/http'

const settled = () => new Promise<void>((done) => setTimeout(done, 0))
const ok = () => Response.json({ messageId: 'm1', state: 'READY', at: '' })
const taken = () => Response.json({ type: '/problems/taken', title: 'taken', status: 409 }, { status: 409 })

function hub(...answers: (() => Response | Promise<Response>)[]) {
  const bodies: { cid: string; parts: { text: string }[] }[] = []
  vi.stubGlobal('fetch', async (_: string, sent: RequestInit) => {
    bodies.push(JSON.parse(String(sent.body)))
    return (answers.shift() ?? ok)()
  })
  return bodies
}

describe('the outbox', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('shows what was said until its event comes', async () => {
    const bodies = hub()
    outbox.say('c1', false, 'hello', [])
    expect(outbox.of('c1')).toMatchObject([{ text: 'hello', state: 'sending' }])
    await settled()
    expect(outbox.of('c1')[0]!.state).toBe('sent')
    outbox.settle('c1', bodies[0]!.cid)

    expect(outbox.of('c1')).toEqual([])
  })

  it('says nothing out of order: what failed holds back what was said after it', async () => {
    const bodies = hub(() => Promise.reject(new Error('no network')))
    outbox.say('c2', false, 'one', [])
    outbox.say('c2', false, 'two', [])
    await settled()
    expect(outbox.of('c2').map((one) => one.state)).toEqual(['failed', 'sending'])
    outbox.retry('c2')
    await settled()

    expect(bodies.map((body) => body.parts[0]!.text)).toEqual(['one', 'one', 'two'])
    expect(bodies[0]!.cid).toBe(bodies[1]!.cid)
  })

  it('goes on with the next when a refused one is given up', async () => {
    hub(taken)
    outbox.say('c3', false, 'one', [])
    outbox.say('c3', false, 'two', [])
    await settled()
    expect(mayPass(outbox.of('c3')[0]!.failure)).toBe(false)
    outbox.giveUp('c3', outbox.of('c3')[0]!.cid)
    await settled()

    expect(outbox.of('c3')).toMatchObject([{ text: 'two', state: 'sent' }])
  })

  it('tries again by itself only where the hub did not say no', () => {
    expect(mayPass(new Unreachable())).toBe(true)
    expect(mayPass(new Refused({ type: '/problems/internal', title: '', status: 503 }))).toBe(true)
    expect(mayPass(new Refused({ type: '/problems/taken', title: '', status: 409 }))).toBe(false)
  })
})
