import { readonly, ref } from 'vue'
import { get } from '../shared/api/http'

const currency = ref('CNY')

/** The currency of the books; asked for by each page that shows amounts. */
export function useCurrency() {
  void get('/api/budgets').then(
    (answer) => (currency.value = answer.rules.currency),
    () => {},
  )
  return { currency: readonly(currency) }
}
