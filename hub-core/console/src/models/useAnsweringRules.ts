import { shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { get, put } from '../shared/api/http'
import type { AnsweringRules } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'
import { withFields } from './answeringRules'

/** The numbers by which the hub answers, in the language of whoever looks. */
export function useAnsweringRules() {
  const { locale } = useI18n()
  const rules = shallowRef<AnsweringRules>()
  const { loading, failure, load } = useLoad(
    () => get('/api/answering-rules'),
    (answer) => (rules.value = answer),
  )

  watch(locale, () => void load(), { immediate: true })
  return {
    rules,
    loading,
    failure,
    load,
    /** Changes one group of the rules as the hub has them now: what a colleague changed meanwhile in others stays. */
    async change(group: string, fields: Record<string, string>): Promise<void> {
      const now = await get('/api/answering-rules')
      rules.value = await put('/api/answering-rules', { body: withFields(now.groups, group, fields) })
    },
  }
}

export type AnsweringRuleStore = ReturnType<typeof useAnsweringRules>
