import type { Entry } from '../shared/api/types'

type Valid = Pick<Entry, 'enabled' | 'validFrom' | 'validUntil'>

/** Whether the hub answers from an entry now, and if not, why. */
export function validity(
  entry: Valid,
  now: number,
): { name: 'on' | 'off' | 'later' | 'over'; tone: 'ok' | 'quiet' | 'warn' } {
  if (!entry.enabled) return { name: 'off', tone: 'quiet' }
  if (entry.validFrom && Date.parse(entry.validFrom) > now) return { name: 'later', tone: 'warn' }
  if (entry.validUntil && Date.parse(entry.validUntil) <= now) return { name: 'over', tone: 'quiet' }
  return { name: 'on', tone: 'ok' }
}
