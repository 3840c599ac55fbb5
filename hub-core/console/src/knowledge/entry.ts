import type { Entry } from '../shared/api/types'

/** An entry as it is edited: similar questions as lines, times as dates. */
export interface Draft {
  question: string
  similar: string
  answer: string
  language: Entry['language']
  desk: string
  enabled: boolean
  validFrom: Date | null
  validUntil: Date | null
  audience: Entry['audience']
  channels: string[]
}

export const lines = (text: string) =>
  [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')

const date = (text: string | undefined) => (text ? new Date(text) : null)

export const draftOf = (entry: Partial<Entry>): Draft => ({
  question: entry.question ?? '',
  similar: (entry.similar ?? []).join('\n'),
  answer: entry.answer ?? '',
  language: entry.language ?? 'any',
  desk: entry.desk ?? '',
  enabled: entry.enabled ?? true,
  validFrom: date(entry.validFrom),
  validUntil: date(entry.validUntil),
  audience: entry.audience ?? 'all',
  channels: [...(entry.channels ?? [])],
})

export const bodyOf = (draft: Draft) => ({
  question: draft.question.trim(),
  similar: lines(draft.similar),
  answer: draft.answer.trim(),
  language: draft.language,
  audience: draft.audience,
  channels: draft.channels,
  enabled: draft.enabled,
  ...(draft.desk ? { desk: draft.desk } : {}),
  ...(draft.validFrom ? { validFrom: draft.validFrom.toISOString() } : {}),
  ...(draft.validUntil ? { validUntil: draft.validUntil.toISOString() } : {}),
})

/** The key of what is wrong, or nothing. */
export function mistake(draft: Draft): string | undefined {
  if (!draft.question.trim()) return 'knowledge.needsQuestion'
  if (!draft.answer.trim()) return 'knowledge.needsAnswer'
  if (lines(draft.similar).length > 100) return 'knowledge.tooManySimilar'
  if (lines(draft.similar).some((line) => line.length > 500)) return 'knowledge.similarTooLong'
  if (draft.validFrom && draft.validUntil && draft.validFrom >= draft.validUntil) return 'knowledge.endsBeforeItBegins'
  return undefined
}
