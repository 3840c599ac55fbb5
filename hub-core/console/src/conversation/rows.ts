import type { Item } from './timeline'
import { sameDay } from '../shared/time/time'

/** An item with what stands around it: a day above, the first unread one, and whether the same person goes on. */
export interface Row {
  item: Item
  newDay: boolean
  firstUnread: boolean
  goesOn: boolean
  /** The last of a run of one person's messages; it carries the time. */
  ends: boolean
}

const PAUSE = 180_000

function speaker(item: Item | undefined): string {
  if (item?.kind === 'message') return `${item.message.author.kind}:${item.message.author.id ?? ''}`
  return item?.kind === 'note' ? `note:${item.note.author.id ?? ''}` : ''
}

function follows(before: Item | undefined, item: Item | undefined): boolean {
  if (!before || !item || speaker(item) === '' || speaker(before) !== speaker(item)) return false
  return sameDay(before.at, item.at) && Date.parse(item.at) - Date.parse(before.at) < PAUSE
}

/** `unreadAfter` is the seq up to which agents had read when the conversation was opened. */
export function rowsOf(items: Item[], unreadAfter: number): Row[] {
  const firstUnread = items.findIndex(
    (item) => item.kind === 'message' && item.message.author.kind === 'customer' && (item.seq ?? 0) > unreadAfter,
  )
  return items.map((item, index) => {
    const before = items[index - 1]
    return {
      item,
      newDay: !before || !sameDay(before.at, item.at),
      firstUnread: index > 0 && index === firstUnread,
      goesOn: index !== firstUnread && follows(before, item),
      ends: !follows(item, items[index + 1]),
    }
  })
}
