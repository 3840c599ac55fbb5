import { ref, shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Budget, Budgets, BudgetRulesChange, NewBudget } from '../shared/api/types'

/** What may be spent, how far it is used, and how the books are kept. */
export function useBudgets() {
  const view = shallowRef<Budgets>()
  const loading = ref(true)
  const failure = ref<unknown>()

  async function load(): Promise<void> {
    loading.value = true
    try {
      view.value = await get('/api/budgets')
      failure.value = undefined
    } catch (failed) {
      failure.value = failed
    } finally {
      loading.value = false
    }
  }

  async function then<T>(change: Promise<T>): Promise<T> {
    try {
      return await change
    } finally {
      void load()
    }
  }

  void load()
  return {
    view,
    loading,
    failure,
    load,
    add: (body: NewBudget) => then(post('/api/budgets', { body })),
    change: (one: Budget, amount: string, enabled: boolean) =>
      then(put('/api/budgets/{id}', { id: one.id, body: { amount, enabled } })),
    forget: (one: Budget) => then(remove('/api/budgets/{id}', { id: one.id })),
    reopen: (one: Budget) => then(post('/api/budgets/{id}/reopen', { id: one.id })),
    recount: () => then(post('/api/budgets/recount', {})),
    setRules: (body: BudgetRulesChange) => then(put('/api/budgets/rules', { body })),
  }
}

export type BudgetStore = ReturnType<typeof useBudgets>
