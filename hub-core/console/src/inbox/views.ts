import type { Summary } from '../shared/api/types'

export type View = 'mine' | 'waiting' | 'all'
export const VIEWS: readonly View[] = ['mine', 'waiting', 'all']

export function belongs(view: View, summary: Summary, me: string | undefined): boolean {
  if (view === 'mine') return summary.mode === 'agent' && summary.assignee?.id === me
  return view === 'all' || summary.mode === 'waiting'
}

/** The longest wait first where people wait, else the newest first. */
export function inOrder(view: View, summaries: Iterable<Summary>): Summary[] {
  const since = (summary: Summary) => Date.parse(summary.waitingSince ?? summary.lastAt)
  return [...summaries].sort((a, b) =>
    view === 'waiting' ? since(a) - since(b) : Date.parse(b.lastAt) - Date.parse(a.lastAt),
  )
}
