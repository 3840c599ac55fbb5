import { remembered } from '../shared/remembered'

const KEPT = 200

interface Draft {
  text: string
  note: string
  at: number
}

const drafts = remembered<Record<string, Draft>>('drafts', {})

/** What was written but not said, by conversation; this browser keeps the newest two hundred. */
export const useDrafts = () => ({
  of: (conversation: string): Draft => drafts.value[conversation] ?? { text: '', note: '', at: 0 },

  keep(conversation: string, change: Partial<Draft>, now: number): void {
    const draft = { ...{ text: '', note: '' }, ...drafts.value[conversation], ...change, at: now }
    const others = Object.entries(drafts.value).filter(([id]) => id !== conversation)
    const kept = others.sort(([, a], [, b]) => b.at - a.at).slice(0, KEPT - 1)
    drafts.value = Object.fromEntries(draft.text || draft.note ? [[conversation, draft], ...kept] : kept)
  },
})
