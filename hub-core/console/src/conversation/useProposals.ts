import { ref } from 'vue'
import { post } from '../shared/api/http'
import type { Draft } from '../shared/api/types'
import { useSay } from '../shared/useSay'
import { useDraftModel } from './useDraftModel'

export type Wish = 'suggest' | 'improve' | 'shorten' | 'translate'

/** Words that a model proposes for a reply. They are put into the field and nowhere else, and can be taken back. */
export function useProposals(conversation: string, write: (text: string) => void) {
  const { failed } = useSay()
  const { offered } = useDraftModel()
  const busy = ref<Wish>()
  const proposal = ref<Draft & { before: string }>()
  let round = 0

  async function wish(kind: Wish, before: string): Promise<void> {
    if (busy.value) return
    busy.value = kind
    const mine = ++round
    try {
      const text = before.trim()
      const made = await post('/api/conversations/{id}/draft', {
        path: { id: conversation },
        body: { kind, ...(kind === 'suggest' ? {} : { text }) },
      })
      if (mine !== round) return
      proposal.value = { ...made, before }
      write(made.text)
    } catch (failure) {
      if (mine === round) failed(failure)
    } finally {
      if (mine === round) busy.value = undefined
    }
  }

  /** Puts back what stood there before. */
  function takeBack(): void {
    if (proposal.value) write(proposal.value.before)
    forget()
  }

  /** The words are the agent's now, or are not wanted any more. */
  function forget(): void {
    round++
    busy.value = undefined
    proposal.value = undefined
  }

  return { offered, busy, proposal, wish, takeBack, forget }
}
