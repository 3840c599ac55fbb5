import type { Words } from '../words/words'

const DAY = 24 * 3600 * 1000

/** What people call the day a message was written on. */
export function dayName(at: number, now: number, words: Pick<Words, 'today' | 'yesterday'>, tag: string): string {
  const day = new Date(at)
  if (day.toDateString() === new Date(now).toDateString()) return words.today
  if (day.toDateString() === new Date(now - DAY).toDateString()) return words.yesterday
  const thisYear = day.getFullYear() === new Date(now).getFullYear()
  return day.toLocaleDateString(tag, { weekday: 'long', day: 'numeric', month: 'long', year: thisYear ? undefined : 'numeric' })
}
