import { computed, ref, shallowRef, watch } from 'vue'
import { get } from '../shared/api/http'
import type { AnswersUsage, Usage, UsageBy, UsageRow } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

export const SPANS = ['day', 'week', 'month'] as const
export type Span = (typeof SPANS)[number]
const DAYS = { day: 1, week: 7, month: 30 } as const

/** What models were asked in a span of time, over time and by what was asked. */
export function useUsage() {
  const span = ref<Span>('week')
  const desk = ref('')
  const time = shallowRef<Usage>()
  const turns = shallowRef<AnswersUsage['rows']>([])
  const parts = shallowRef<Record<'model' | 'purpose' | 'desk' | 'outcome', UsageRow[]>>()

  function ask() {
    const to = new Date()
    const from = new Date(to.getTime() - DAYS[span.value] * 86_400_000)
    const of = { from: from.toISOString(), to: to.toISOString(), ...(desk.value ? { desk: desk.value } : {}) }
    const by = (what: UsageBy) => get('/api/usage', { query: { ...of, by: what } })
    const step = span.value === 'day' ? 'hour' : 'day'
    return Promise.all([
      get('/api/usage/answers', { query: { ...of, by: step } }),
      by(step),
      by('model'),
      by('purpose'),
      by('desk'),
      by('outcome'),
    ])
  }

  const { loading, failure, load } = useLoad(ask, ([answers, overTime, model, purpose, desks, outcome]) => {
    turns.value = answers.rows
    time.value = overTime
    parts.value = { model: model.rows, purpose: purpose.rows, desk: desks.rows, outcome: outcome.rows }
  })

  watch([span, desk], () => void load())
  void load()
  const sum = (of: (row: UsageRow) => number) =>
    computed(() => (time.value?.rows ?? []).reduce((all, row) => all + of(row), 0))
  return {
    span,
    desk,
    time,
    parts,
    turns,
    loading,
    failure,
    load,
    calls: sum((row) => row.calls),
    answered: sum((row) => row.answered),
    refusals: sum((row) => row.refusals),
    tokens: sum((row) => row.inputTokens + row.outputTokens),
  }
}
