import { reactive } from 'vue'
import { post, Refused } from '../shared/api/http'
import type { NewPart } from '../shared/api/types'

/** A file that was uploaded and can be sent. */
export interface Attached {
  uploadId: string
  name: string
  size: number
  type: string
  /** A picture to look at before the hub has made its own address for it. */
  preview: string | undefined
}

/** Something that was said here and has not come back as an event yet. */
export interface Pending {
  cid: string
  at: string
  note: boolean
  text: string
  files: Attached[]
  state: 'sending' | 'sent' | 'failed'
  failure?: unknown
  /** The id of the message or note that the hub made of it. */
  storedAs?: string
}

const boxes = reactive(new Map<string, Pending[]>())
const running = new Set<string>()

/**
 * What I said and the hub has not confirmed, by conversation; outlives the page that shows it. Goes out in order, one at a
 * time: a failed one holds back those behind it until it is tried again or given up. The cid makes a repeat harmless.
 */
export const outbox = {
  of: (conversation: string): Pending[] => boxes.get(conversation) ?? [],

  say(conversation: string, note: boolean, text: string, files: Attached[]): void {
    if (!boxes.has(conversation)) boxes.set(conversation, [])
    const pending: Pending = {
      cid: crypto.randomUUID(),
      at: new Date().toISOString(),
      note,
      text,
      files,
      state: 'sending',
    }
    boxes.get(conversation)!.push(pending)
    void run(conversation)
  },

  retry(conversation: string): void {
    for (const pending of outbox.of(conversation)) if (pending.state === 'failed') pending.state = 'sending'
    void run(conversation)
  },

  giveUp(conversation: string, cid: string): void {
    settle(conversation, cid)
    void run(conversation)
  },

  /** Its event came: the real message takes its place. */
  settle,
}

function settle(conversation: string, cid: string): void {
  const box = boxes.get(conversation)
  const at = box?.findIndex((pending) => pending.cid === cid) ?? -1
  if (at < 0) return
  box!.splice(at, 1)
}

async function run(conversation: string): Promise<void> {
  if (running.has(conversation)) return
  running.add(conversation)
  try {
    for (let next = first(conversation); next; next = first(conversation)) {
      try {
        next.storedAs = await send(conversation, next)
        next.state = 'sent'
      } catch (failure) {
        next.state = 'failed'
        next.failure = failure
      }
    }
  } finally {
    running.delete(conversation)
  }
}

/** Nothing is next while one that failed stands before it. */
function first(conversation: string): Pending | undefined {
  const waiting = outbox.of(conversation).find((pending) => pending.state !== 'sent')
  return waiting?.state === 'sending' ? waiting : undefined
}

async function send(id: string, { cid, note, text, files }: Pending): Promise<string> {
  if (note) {
    return (await post('/api/conversations/{id}/note', { id, body: { cid, text } })).id
  }
  const parts: NewPart[] = files.map((file) => ({ type: 'file', uploadId: file.uploadId }))
  if (text) parts.unshift({ type: 'text', text })
  return (await post('/api/conversations/{id}/reply', { id, body: { cid, parts } })).messageId
}

/** Whether trying again by itself makes sense: the hub was not there, it did not say no. */
export const mayPass = (failure: unknown) => !(failure instanceof Refused) || failure.status >= 500
