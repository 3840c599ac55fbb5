import { reactive } from 'vue'
import { get, put, remove } from '../shared/api/http'

/** What I think of the bot's answers in the conversation that is open; read once it is asked for. */
const opinions = reactive(new Map<string, Map<string, boolean>>())
const reading = new Map<string, Promise<void>>()

export function useOpinions(conversation: string) {
  async function read(): Promise<void> {
    const { opinions: all } = await get('/api/conversations/{id}/opinions', { id: conversation })
    opinions.set(conversation, new Map(all.filter((one) => one.mine).map((one) => [one.messageId, one.helpful])))
  }

  /** Failing is harmless: the buttons show no choice, and choosing works. */
  if (!reading.has(conversation)) {
    reading.set(
      conversation,
      read().catch(() => {
        reading.delete(conversation)
      }),
    )
  }

  const mine = (message: string) => opinions.get(conversation)?.get(message)

  function keep(message: string, helpful: boolean | undefined): void {
    const known = new Map(opinions.get(conversation))
    if (helpful === undefined) known.delete(message)
    else known.set(message, helpful)
    opinions.set(conversation, known)
  }

  /** Choosing the same again takes it back. */
  async function think(message: string, helpful: boolean): Promise<void> {
    const before = mine(message)
    const after = before === helpful ? undefined : helpful
    keep(message, after)
    try {
      if (after === undefined) await remove('/api/messages/{id}/opinion', { id: message })
      else await put('/api/messages/{id}/opinion', { id: message, body: { helpful: after } })
    } catch (failure) {
      keep(message, before)
      throw failure
    }
  }

  return { mine, think }
}
