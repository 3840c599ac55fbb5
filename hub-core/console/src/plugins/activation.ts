import type { Activation, Plugin, PluginVersion } from '../shared/api/types'

type Step = Activation['steps'][number]['step']
export type Progress = 'done' | 'now' | 'failed' | 'ahead'

export const STEPS: readonly Step[] = ['copied', 'inspected', 'loaded', 'cases', 'made', 'serving', 'drained']

export const isOver = (one: Activation) => one.outcome !== undefined

const FAILED = new Set(['refused', 'quarantined', 'asking', 'taken_back'])

/** How far an activation has come: each step that was, is or would be taken. */
export function progress(one: Activation): { step: Step; at: Progress; ms: number | undefined }[] {
  const taken = new Map(one.steps.map(({ step, ms }) => [step, ms]))
  const last = Math.max(-1, ...one.steps.map(({ step }) => STEPS.indexOf(step)))
  return STEPS.map((step, index) => {
    if (taken.has(step)) return { step, at: 'done' as const, ms: taken.get(step) }
    const next = index === last + 1
    if (next && one.outcome === undefined) return { step, at: 'now' as const, ms: undefined }
    if (next && FAILED.has(one.outcome ?? '')) return { step, at: 'failed' as const, ms: undefined }
    return { step, at: 'ahead' as const, ms: undefined }
  }).filter(({ at }) => at !== 'ahead' || !isOver(one))
}

export const toneOf = (outcome: Activation['outcome']) => {
  if (outcome === undefined || outcome === 'asking' || outcome === 'on_trial') return 'warn' as const
  if (outcome === 'serving') return 'ok' as const
  return FAILED.has(outcome) ? ('danger' as const) : ('quiet' as const)
}

/** The version to go back to: the latest before the one that serves, of those that have served and may again. */
export function earlier(versions: readonly PluginVersion[]): PluginVersion | undefined {
  const now = versions.findIndex((one) => one.serving)
  if (now < 0) return undefined
  return versions.slice(now + 1).find((one) => one.served && !one.setAside && !one.unapproved)
}

export const TONES: Record<Plugin['state'], 'ok' | 'warn' | 'danger' | 'quiet'> = {
  serving: 'ok',
  asking: 'warn',
  refused: 'danger',
  quarantined: 'danger',
  off: 'quiet',
}
