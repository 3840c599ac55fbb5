import type { Message } from '../shared/api/types'
import type { Item } from './timeline'

/** All text of a message, one part a line. */
export const textOfParts = (parts: Message['parts']): string =>
  parts
    .flatMap((part) => (part.type === 'text' || part.type === 'menu' ? [part.text] : []))
    .join('\n')
    .trim()

/** What the customer had said when the bot answered so: everything since the reply before. */
export function questionOf(items: Item[], answer: string): string {
  const said = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
  const asked: string[] = []
  for (let at = said.findIndex((message) => message.id === answer) - 1; at >= 0; at--) {
    const message = said[at]!
    if (message.author.kind !== 'customer') {
      if (asked.length > 0) break
      continue
    }
    asked.unshift(textOfParts(message.parts))
  }
  return asked.filter((text) => text !== '').join(' ')
}
