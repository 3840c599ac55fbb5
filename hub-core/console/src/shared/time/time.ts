const DAY = 86_400_000

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}

export const clock = (at: string, tag: string) =>
  new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at))

export const dateAndTime = (at: string, tag: string) =>
  new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(new Date(at))

/** For a narrow column: the time today, "yesterday", the weekday this week, else the date. */
export function shortDate(at: string, now: number, tag: string): string {
  const then = new Date(at)
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(then)) / DAY)
  if (days <= 0) return clock(at, tag)
  if (days === 1) return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-1, 'day')
  if (days < 7) return new Intl.DateTimeFormat(tag, { weekday: 'short' }).format(then)
  return new Intl.DateTimeFormat(tag, { month: 'numeric', day: 'numeric' }).format(then)
}

/** Something near: "today 14:05", "the day after tomorrow 14:05" where the language has a word for it, else the date. */
export function dayAndClock(at: string, now: number, tag: string): string {
  const then = new Date(at)
  const days = Math.round((startOfDay(then) - startOfDay(new Date(now))) / DAY)
  const named = (name: Intl.RelativeTimeFormatNumeric) => new Intl.RelativeTimeFormat(tag, { numeric: name })
  // "in 2 days" would not do for a day.
  const hasName = named('auto').format(days, 'day') !== named('always').format(days, 'day')
  const day = hasName
    ? named('auto').format(days, 'day')
    : new Intl.DateTimeFormat(tag, { month: 'long', day: 'numeric', weekday: 'long' }).format(then)
  return `${day} ${clock(at, tag)}`
}

/** For a separator between the messages of two days. */
export function dayName(at: string, now: number, tag: string): string {
  const then = new Date(at)
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(then)) / DAY)
  if (days === 0 || days === 1)
    return capital(new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-days, 'day'))
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(tag, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(then)
}

export const sameDay = (a: string, b: string) => startOfDay(new Date(a)) === startOfDay(new Date(b))

/** How long somebody has waited: 0:42, 12:05, 3:07:00. */
export function waited(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
