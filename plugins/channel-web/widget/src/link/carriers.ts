import type { Api } from './api'
import { readFrame, type ClientFrame, type ServerFrame } from './frames'
import { EventReader } from './sse'

/** A live link, however it is carried. After `lost` nothing more comes. */
export interface Carrier {
  /** Sends a frame; false when this carrier cannot and HTTP has to. */
  send(frame: ClientFrame): boolean
  close(code: number): void
}

export interface CarrierEvents {
  open(): void
  frame(frame: ServerFrame): void
  lost(code: number): void
}

export type OpenCarrier = (way: 'socket' | 'stream' | 'poll', after: () => number, ticket: string, events: CarrierEvents) => Carrier

/** Closing by this side or by silence; no code of the hub's. */
const ABNORMAL = 1006

export function carriers(api: Api, isHidden: () => boolean): OpenCarrier {
  return (way, after, ticket, events) => {
    switch (way) {
      case 'socket':
        return socket(api, ticket, events)
      case 'stream':
        return stream(api, after(), events)
      case 'poll':
        return poll(api, after, isHidden, events)
    }
  }
}

function socket(api: Api, ticket: string, events: CarrierEvents): Carrier {
  const url = new URL(api.base, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const open = new WebSocket(`${url.href}/ws?ticket=${encodeURIComponent(ticket)}`, ['hub.widget.1'])
  let over = false
  const lose = (code: number) => {
    if (over) return
    over = true
    events.lost(code)
  }
  open.onopen = () => events.open()
  open.onmessage = (e) => {
    const frame = typeof e.data === 'string' ? readFrame(e.data) : undefined
    if (frame && !over) events.frame(frame)
  }
  open.onclose = (e) => lose(e.code)
  return {
    send(frame) {
      if (open.readyState === WebSocket.OPEN) open.send(JSON.stringify(frame))
      return true
    },
    close(code) {
      open.close(1000)
      lose(code)
    }
  }
}

function stream(api: Api, after: number, events: CarrierEvents): Carrier {
  const abort = new AbortController()
  let over = false
  const lose = (code: number) => {
    if (over) return
    over = true
    events.lost(code)
  }
  const run = async () => {
    const reader = (await api.stream(after, abort.signal)).pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
    events.open()
    const parts = new EventReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done || over) break
      for (const data of parts.push(value)) {
        const frame = readFrame(data)
        if (frame && !over) events.frame(frame)
      }
      // A comment is a sign of life, too.
      if (!over) events.frame({ t: 'pong' })
    }
    lose(ABNORMAL)
  }
  run().catch((e: unknown) => lose(closeCode(e)))
  return {
    send: () => false,
    close(code) {
      lose(code)
      abort.abort()
    }
  }
}

function poll(api: Api, after: () => number, isHidden: () => boolean, events: CarrierEvents): Carrier {
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let first = true
  const lose = (code: number) => {
    if (over) return
    over = true
    clearTimeout(timer)
    events.lost(code)
  }
  const ask = async () => {
    const page = await api.after(after())
    if (over) return
    if (first) {
      first = false
      events.open()
      events.frame({ t: 'welcome', conversation: page.conversation ?? null, from: after() + 1, lastSeq: page.lastSeq, heartbeat: 25 })
    }
    for (const event of page.events) events.frame(event)
    events.frame({ t: 'pong' })
    timer = setTimeout(tick, page.more ? 0 : isHidden() ? 10_000 : 3_000)
  }
  const tick = () => void ask().catch((e: unknown) => lose(closeCode(e)))
  tick()
  return {
    send: () => false,
    close: (code) => lose(code)
  }
}

/** Speaks of a failed call in the words of a closed socket. */
function closeCode(e: unknown): number {
  const status = (e as { status?: number }).status
  if (status === 401) return 4001
  if (status === 403) return 4003
  if (status === 429) return 4029
  return ABNORMAL
}
