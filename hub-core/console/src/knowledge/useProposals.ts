import { ref } from 'vue'
import { get, post } from '../shared/api/http'
import type { Proposal } from '../shared/api/types'
import { usePages } from '../shared/parts/usePages'

const total = ref(0)
const pages = usePages<Proposal>(async (before) => {
  const page = await get('/api/knowledge/proposals', { query: { limit: 50, ...(before ? { before } : {}) } })
  total.value = page.total
  return { rows: page.proposals, next: page.next }
})

const drop = (id: string) => {
  pages.rows.value = pages.rows.value.filter((one) => one.id !== id)
  total.value = Math.max(0, total.value - 1)
}

/** Entries that somebody proposes; one list, shown as a number and as a page. */
export const useProposals = () => ({
  ...pages,
  total,
  async publish(one: Proposal, question: string, answer: string): Promise<void> {
    const replace = one.existing !== undefined
    await post('/api/knowledge/proposals/{id}/publish', { id: one.id, body: { question, answer, replace } })
    drop(one.id)
  },
  async dismiss(id: string): Promise<void> {
    await post('/api/knowledge/proposals/{id}/dismiss', { id })
    drop(id)
  },
})
