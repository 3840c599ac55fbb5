import type { Event, SentPart, State } from './frames'

export interface Config {
  title: string
  greeting: string
  color: string
  availability: { state: 'online' | 'away'; replyTime: string; hours: string }
  limits: { text: number; file: number; files: number }
}

export interface SessionReply {
  token: string
  visitor: { id: string; name?: string; verified: boolean }
  conversation: { id: string; lastSeq: number; state: State; unread: number; read: number } | null
  config: Config
  ws: string
  ticket: string
}

export interface Page {
  conversation?: string
  events: Event[]
  lastSeq: number
  more: boolean
}

/** The hub said no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** Milliseconds the hub asked to wait; 0 when it did not. */
    readonly retryAfter: number
  ) {
    super(`${status} ${code}`)
  }
}

/** The hub's HTTP calls. What cannot be reached throws a TypeError, what is refused a {@link Refused}. */
export class Api {
  token = ''

  constructor(readonly base: string) {}

  session(body: object): Promise<SessionReply> {
    return this.json('POST', '/session', body)
  }

  after(seq: number): Promise<Page> {
    return this.json('GET', `/events?after=${seq}&limit=200`)
  }

  before(seq: number, limit: number): Promise<Page> {
    return this.json('GET', `/events?before=${seq}&limit=${limit}`)
  }

  send(cid: string, parts: SentPart[], replyTo?: string): Promise<{ messageId: string; seq: number; conversation: string }> {
    return this.json('POST', '/messages', { cid, parts, replyTo })
  }

  read(upTo: number): Promise<unknown> {
    return this.json('POST', '/read', { upTo })
  }

  typing(on: boolean): Promise<unknown> {
    return this.json('POST', '/typing', { on })
  }

  feedback(about: { conversationId: string } | { messageId: string }, score: number): Promise<unknown> {
    return this.json('POST', '/feedback', { ...about, score })
  }

  logout(): Promise<unknown> {
    return this.json('POST', '/logout')
  }

  /** Opens the event stream. */
  async stream(after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const reply = await this.call('GET', `/stream?after=${after}`, undefined, signal)
    if (!reply.body) throw new TypeError('no stream')
    return reply.body
  }

  /** Sends a file; its progress runs from 0 to 1. */
  upload(file: Blob, name: string, progress: (share: number) => void): { done: Promise<{ uploadId: string }>; abort: () => void } {
    const request = new XMLHttpRequest()
    const done = new Promise<{ uploadId: string }>((resolve, reject) => {
      request.open('POST', this.base + '/uploads')
      request.setRequestHeader('Authorization', `Bearer ${this.token}`)
      request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
      request.onload = () => {
        if (request.status === 200) resolve(JSON.parse(request.responseText) as { uploadId: string })
        else reject(new Refused(request.status, codeOf(request.responseText), 0))
      }
      request.onerror = () => reject(new TypeError('the upload failed'))
      request.onabort = () => reject(new TypeError('the upload was ended'))
      const form = new FormData()
      form.append('file', file, name)
      request.send(form)
    })
    return { done, abort: () => request.abort() }
  }

  private async json<T>(method: string, path: string, body?: object): Promise<T> {
    const reply = await this.call(method, path, body)
    return (reply.status === 204 ? {} : await reply.json()) as T
  }

  private async call(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {}
    if (this.token && path !== '/session') headers.Authorization = `Bearer ${this.token}`
    if (body) headers['Content-Type'] = 'application/json'
    const reply = await fetch(this.base + path, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: signal ?? AbortSignal.timeout(30_000),
      cache: 'no-store',
      credentials: 'omit'
    })
    if (reply.ok) return reply
    const retryAfter = Number(reply.headers.get('Retry-After') ?? 0) * 1000
    throw new Refused(reply.status, codeOf(await reply.text()), Number.isFinite(retryAfter) ? retryAfter : 0)
  }
}

function codeOf(problem: string): string {
  try {
    return String((JSON.parse(problem) as { code?: unknown }).code ?? '')
  } catch {
    return ''
  }
}
