import { shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Budget, Budgets, BudgetRulesChange, NewBudget } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

/** What may be spent, how far it is used, and how the books are kept. */
export function useBudgets() {
  const view = shallowRef<Budgets>()
  const { loading, failure, load, during } = useLoad(
    () => get('/api/budgets'),
    (answer) => (view.value = answer),
  )

  void load()
  return {
    view,
    loading,
    failure,
    load,
    add: (body: NewBudget) => during(post('/api/budgets', { body })),
    change: (one: Budget, amount: string, enabled: boolean) =>
      during(put('/api/budgets/{id}', { id: one.id, body: { amount, enabled } })),
    forget: (one: Budget) => during(remove('/api/budgets/{id}', { id: one.id })),
    reopen: (one: Budget) => during(post('/api/budgets/{id}/reopen', { id: one.id })),
    recount: () => during(post('/api/budgets/recount', {})),
    setRules: (body: BudgetRulesChange) => during(put('/api/budgets/rules', { body })),
  }
}

export type BudgetStore = ReturnType<typeof useBudgets>
