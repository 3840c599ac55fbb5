import type { Trace } from '../shared/api/types'

export interface FilterLine {
  name: string
  stage: string
  verdict: string
  milliseconds: number | undefined
}

/** A trace as it is shown: why it was said, what was passed over, what the filters thought, and how long it all took. */
export interface Explanation {
  source: string
  entry: string | undefined
  question: string | undefined
  score: number | undefined
  reason: string | undefined
  failure: string | undefined
  passed: { name: string; reason: string }[]
  filters: FilterLine[]
  timing: [step: string, milliseconds: number][]
}

type Loose = Record<string, unknown>
const object = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {})
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(object) : [])
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
const perThousand = (value: unknown) => (typeof value === 'number' ? value / 1_000 : undefined)

/**
 * Reads what the trace holds. Traces are kept for ever and grow with the hub: a source may be a word beside its entry or an
 * object of its own, filters may be one list with stages or one list for each way; what is missing is left out.
 */
export function explain(trace: Trace): Explanation {
  const loose = trace as Loose
  const source = object(loose.source)
  const filters = [
    ...list(loose.filters).map((one) => filterLine(one, text(one.stage) ?? '')),
    ...list(loose.filtersIn).map((one) => filterLine(one, 'CUSTOMER_IN')),
    ...list(loose.filtersOut).map((one) => filterLine(one, 'BOT_OUT')),
  ]
  const timing = Object.entries(object(loose.timing)).filter(
    (step): step is [string, number] => typeof step[1] === 'number',
  )
  const whole = perThousand(loose.micros)
  return {
    source: text(loose.source) ?? sourceOf(text(loose.outcome) ?? '', text(source.kind)),
    entry: text(loose.entry) ?? (source.kind === 'faq' || source.kind === 'knowledge' ? text(source.id) : undefined),
    question: text(loose.question) ?? text(source.title),
    score: number(loose.score) ?? (source.kind === 'person' ? undefined : number(source.score)),
    reason: text(loose.reason) ?? text(source.reason),
    failure: text(loose.failure),
    passed: list(loose.passed).map((one) => ({ name: text(one.responder) ?? '', reason: text(one.reason) ?? '' })),
    filters,
    timing: whole === undefined ? timing : [...timing, ['total', whole]],
  }
}

/** A name for where the answer came from, out of what became of the turn and what the answer was made of. */
function sourceOf(outcome: string, kind: string | undefined): string {
  if (outcome === 'offered') return kind === 'person' ? 'offer' : 'menu'
  if (outcome === 'handed over' || outcome === 'for a person') return 'person'
  return kind ?? outcome
}

const filterLine = (one: Loose, stage: string): FilterLine => ({
  name: text(one.id) ?? text(one.filter) ?? '',
  stage,
  verdict: (text(one.verdict) ?? '').toLowerCase(),
  milliseconds: perThousand(one.tookMicros) ?? perThousand(one.micros),
})
