import { get, post } from '../shared/api/http'
import type { Unanswered } from '../shared/api/types'
import { usePages } from '../shared/parts/usePages'

const pages = usePages<Unanswered>(async (before) => {
  const page = await get('/api/knowledge/unanswered', { query: { limit: 50, ...(before ? { before } : {}) } })
  return { rows: page.questions, next: page.next }
})

/** Questions that nobody had an answer for; one list, shown as a number and as a page. */
export const useUnanswered = () => ({
  ...pages,
  async dismiss(id: string): Promise<void> {
    await post('/api/knowledge/unanswered/{id}/dismiss', { id })
    pages.rows.value = pages.rows.value.filter((one) => one.id !== id)
  },
})
