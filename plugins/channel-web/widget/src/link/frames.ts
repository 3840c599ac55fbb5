/** What goes over the wire; the JSON forms of the hub's widget protocol, version 1. */

export interface Author {
  kind: 'customer' | 'bot' | 'agent' | 'hub'
  name?: string
}

export interface TextPart {
  type: 'text'
  text: string
}

export interface FilePart {
  type: 'file'
  fileId: string
  name: string
  mime: string
  size: number
  url: string
}

export interface MenuPart {
  type: 'menu'
  text: string
  options: { id: string; text: string }[]
}

/** Of a later protocol; shown as "unsupported". */
export interface OtherPart {
  type: 'unsupported'
}

export type Part = TextPart | FilePart | MenuPart | OtherPart

/** A message that another one replies to, as it stood then. */
export interface Quote {
  id: string
  author: Author
  /** How it began; empty when it had no words. */
  text: string
}

export interface Message {
  id: string
  cid?: string
  author: Author
  at: string
  parts: Part[]
  answer?: string
  replyTo?: Quote
}

/** How it stands with an answer that takes its time; what it says passes with the wait. */
export interface Working {
  answer: string
  on: boolean
  text?: string
  options?: { id: string; text: string }[]
}

export type State = 'bot' | 'waiting_for_agent' | 'with_agent' | 'closed'

export type Event = { t: 'event'; seq: number } & (
  | { kind: 'message' | 'message.updated'; message: Message }
  | { kind: 'state'; state: State; agent?: string }
  | { kind: 'read'; by: string; upTo: number }
)

export type ServerFrame =
  | { t: 'welcome'; id?: number; conversation: string | null; from: number; lastSeq: number; heartbeat: number }
  | Event
  | { t: 'ok'; id?: number; messageId?: string; seq?: number; at?: string; conversation?: string }
  | { t: 'error'; id?: number; code: string; retry: boolean; text: string }
  | { t: 'typing'; on: boolean; author: Author }
  | { t: 'draft'; answer: string; text: string }
  | ({ t: 'working' } & Working)
  | { t: 'read'; by: string; upTo: number }
  | { t: 'ping' }
  | { t: 'pong'; id?: number }
  | { t: 'session.replaced'; token: string; conversation: string | null }
  | { t: 'reset'; lastSeq: number }
  | { t: 'bye'; reason: string; retryAfterMs: number }

export type SentPart = { type: 'text'; text: string } | { type: 'file'; uploadId: string }

export type ClientFrame =
  | { t: 'hello'; id: number; conversation?: string; after: number; caps: string[] }
  | { t: 'send'; id: number; cid: string; parts: SentPart[]; replyTo?: string }
  | { t: 'read'; upTo: number }
  | { t: 'typing'; on: boolean }
  | { t: 'identify'; id: number; identity: string }
  | { t: 'pong' }

/** Reads a frame; nothing for what is no frame or of a later protocol. */
export function readFrame(text: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && typeof (value as { t?: unknown }).t === 'string'
      ? (value as ServerFrame)
      : undefined
  } catch {
    return undefined
  }
}
