import type { Trace } from '../shared/api/types'

/** Why, as a code of the hub's that is worded here, or in a plugin's own words. */
export interface Reason {
  code: string | undefined
  about: string
  text: string | undefined
}

export interface FilterLine {
  name: string
  stage: string
  verdict: string
  reason: Reason
  milliseconds: number | undefined
}

/** A question to models on the way to the answer. */
export interface ModelLine {
  alias: string
  model: string
  outcome: string
  tokensIn: number
  tokensOut: number
  estimated: boolean
  /** In the hub's currency. */
  cost: number
  attempts: number
  firstWords: number | undefined
  milliseconds: number | undefined
}

/** A trace as it is shown: why it was said, what was passed over, what the filters thought, and how long it all took. */
export interface Explanation {
  source: string
  entry: string | undefined
  question: string | undefined
  score: number | undefined
  reason: Reason
  /** What an answer draws on; those that are entries can be opened. */
  citations: { entry: string | undefined; title: string }[]
  /** How far down the turn had to go. */
  rung: string | undefined
  /** How many sentences were left out. */
  dropped: number
  injection: boolean
  passed: { name: string; reason: Reason }[]
  models: ModelLine[]
  filters: FilterLine[]
  milliseconds: number | undefined
}

type Loose = Record<string, unknown>
const object = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {})
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(object) : [])
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
const perThousand = (value: unknown) => (typeof value === 'number' ? value / 1_000 : undefined)
const reasonOf = (one: Loose): Reason => ({
  code: text(one.code),
  about: text(one.about) ?? '',
  text: text(one.reason),
})

/** Reads what the trace holds. Traces are kept for ever and grow with the hub: what is missing or unknown is left out. */
export function explain(trace: Trace): Explanation {
  const loose = trace as Loose
  const source = object(loose.source)
  const remarks = object(loose.remarks)
  return {
    source: sourceOf(text(loose.outcome) ?? '', text(source.kind)),
    entry: source.kind === 'knowledge' ? text(source.id) : undefined,
    question: text(source.title),
    score: source.kind === 'person' ? undefined : number(source.score),
    reason: reasonOf(source),
    citations: list(source.citations).map((one) => ({
      entry: one.kind === 'knowledge' ? text(one.id) : undefined,
      title: text(one.title) ?? '',
    })),
    rung: text(remarks.rung),
    dropped: Number(text(remarks.dropped) ?? 0),
    injection: remarks.injection === 'true',
    passed: list(loose.passed).map((one) => ({ name: text(one.responder) ?? '', reason: reasonOf(one) })),
    models: list(loose.models).map(modelLine),
    filters: [
      ...list(loose.filtersIn).map((one) => filterLine(one, 'CUSTOMER_IN')),
      ...list(loose.filtersOut).map((one) => filterLine(one, 'BOT_OUT')),
    ],
    milliseconds: perThousand(loose.micros),
  }
}

/** A name for where the answer came from, out of what became of the turn and what the answer was made of. */
function sourceOf(outcome: string, kind: string | undefined): string {
  if (outcome === 'offered') return kind === 'person' ? 'offer' : 'menu'
  if (outcome === 'handed over' || outcome === 'for a person') return 'person'
  return kind ?? outcome
}

const filterLine = (one: Loose, stage: string): FilterLine => ({
  name: text(one.filter) ?? '',
  stage,
  verdict: text(one.verdict) ?? '',
  reason: reasonOf(one),
  milliseconds: perThousand(one.micros),
})

const modelLine = (one: Loose): ModelLine => ({
  alias: text(one.alias) ?? '',
  model: [text(one.deployment), text(one.model)].filter(Boolean).join(' · '),
  outcome: text(one.outcome) ?? '',
  tokensIn: number(one.tokensIn) ?? 0,
  tokensOut: number(one.tokensOut) ?? 0,
  estimated: one.estimated === true,
  cost: (number(one.cost) ?? 0) / 1e9,
  attempts: number(one.attempts) ?? 0,
  firstWords: number(one.firstWordsMillis),
  milliseconds: number(one.millis),
})
