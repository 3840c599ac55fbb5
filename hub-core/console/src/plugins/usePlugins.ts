import { computed, shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Activation, Plugins, TrialTerms } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'
import { isOver } from './activation'

const MOST_TOLD = 6

/** The plugins there are, what happens to them, and what an admin does with them. */
export function usePlugins() {
  const view = shallowRef<Plugins>()
  /** What was told while the page is open, the latest first. */
  const told = shallowRef<Activation[]>([])
  const { loading, failure, load } = useLoad(
    () => get('/api/plugins'),
    (answer) => (view.value = answer),
  )

  function tell(now: Activation): void {
    const others = told.value.filter((one) => one.id !== now.id)
    told.value = [now, ...others].sort((a, b) => b.began.localeCompare(a.began)).slice(0, MOST_TOLD)
  }

  const happening = computed(() => {
    const known = new Set(told.value.map((one) => one.id))
    const begun = (view.value?.underWay ?? []).filter((one) => !known.has(one.id))
    return [...begun, ...told.value]
  })

  async function bring(plugin: string, hash: string, allow: boolean): Promise<Activation> {
    const done = await post('/api/plugins/{plugin}/versions/{hash}', { path: { plugin, hash }, body: { allow } })
    tell(done)
    return done
  }

  async function tryOut(plugin: string, hash: string, terms: TrialTerms): Promise<Activation> {
    const path = { plugin, hash }
    const done = await post('/api/plugins/{plugin}/versions/{hash}/trial', { path, body: terms })
    tell(done)
    return done
  }

  return {
    view,
    loading,
    failure,
    happening,
    load,
    tell,
    /** Forgets what has ended; what is under way stays in sight. */
    dismiss: () => (told.value = told.value.filter((one) => !isOver(one))),
    bring,
    tryOut,
    endTrial: (plugin: string) => remove('/api/plugins/{plugin}/trial', { path: { plugin } }),
    /** How new versions of it begin: on trial, or at once. */
    setArrivals: (plugin: string, trial: TrialTerms | undefined) =>
      put('/api/plugins/{plugin}/arrivals', { path: { plugin }, body: trial ? { trial } : {} }),
    /** Removes it for good, with all its versions. */
    forget: (plugin: string) => remove('/api/plugins/{plugin}/versions', { path: { plugin } }),
    forgetVersion: (plugin: string, hash: string) =>
      remove('/api/plugins/{plugin}/versions/{hash}', { path: { plugin, hash } }),
    /** Has it looked for what holds versions that were unloaded; the hub stands still for a moment. */
    trace: async (plugin: string) => (await post('/api/plugins/{plugin}/leaks/trace', { path: { plugin } })).leaks,
    retire: (plugin: string) => remove('/api/plugins/{plugin}', { path: { plugin } }),
    history: async (plugin: string) =>
      (await get('/api/plugins/{plugin}/activations', { path: { plugin } })).activations,
  }
}

export type PluginStore = ReturnType<typeof usePlugins>
