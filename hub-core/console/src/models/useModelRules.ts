import { shallowRef } from 'vue'
import { get, put } from '../shared/api/http'
import type { ModelRules, ModelRulesChange } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

/** What customers and desks may ask models, and what holds for all calls. */
export function useModelRules() {
  const rules = shallowRef<ModelRules>()
  const { loading, failure, load } = useLoad(
    () => get('/api/model-rules'),
    (answer) => (rules.value = answer),
  )

  void load()
  return {
    rules,
    loading,
    failure,
    load,
    /** Changes a part of the rules as the hub has them now: what a colleague changed meanwhile elsewhere in them stays. */
    async change(part: (now: ModelRules) => ModelRulesChange): Promise<void> {
      rules.value = await put('/api/model-rules', { body: part(await get('/api/model-rules')) })
    },
  }
}

export type RuleStore = ReturnType<typeof useModelRules>
