import { shallowRef, type Ref } from 'vue'
import { get } from '../shared/api/http'
import type { Plugin, Wasm } from '../shared/api/types'
import { usePolling } from '../shared/parts/usePolling'

/** Whether a plugin comes as a WASM module. */
export const isModule = ({ serving, versions }: Plugin) => (serving ?? versions[0])?.fileName.endsWith('.wasm') ?? false

/** How WASM modules fare; their numbers change with every message, and nobody says so. */
export function useModules(wanted: Ref<boolean>) {
  const view = shallowRef<Wasm>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const answer = await get('/api/wasm')
      if (mine === asked) view.value = answer
    } catch {
      // The list of plugins is asked at the same time, and says what is wrong.
    }
  }

  usePolling(wanted, load)
  return { view, load, of: (plugin: string) => view.value?.filters.filter((one) => one.plugin === plugin) ?? [] }
}
