import { ref, shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Alias, AliasChange, Deployment, DeploymentChange } from '../shared/api/types'

/** What a deployment is now, as a change that changes nothing. */
export function unchanged(one: Deployment): DeploymentChange {
  const { key: _key, off: _off, managedBy: _managedBy, health: _health, perThousand: _price, ...rest } = one
  return rest
}

/** The models the hub may ask, and the names they are asked by. */
export function useModels() {
  const deployments = shallowRef<Deployment[]>([])
  const aliases = shallowRef<Alias[]>([])
  const loading = ref(true)
  const failure = ref<unknown>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const [models, names] = await Promise.all([get('/api/deployments'), get('/api/aliases')])
      if (mine !== asked) return
      deployments.value = models.deployments
      aliases.value = names.aliases
      failure.value = undefined
    } catch (failed) {
      if (mine === asked) failure.value = failed
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  async function then<T>(change: Promise<T>): Promise<T> {
    try {
      return await change
    } finally {
      void load()
    }
  }

  return {
    deployments,
    aliases,
    loading,
    failure,
    load,
    save: (key: string, body: DeploymentChange) => then(put('/api/deployments/{key}', { path: { key }, body })),
    forget: (key: string) => then(remove('/api/deployments/{key}', { path: { key } })),
    test: (key: string) => then(post('/api/deployments/{key}/test', { path: { key } })),
    saveAlias: (name: string, body: AliasChange) => then(put('/api/aliases/{name}', { path: { name }, body })),
    forgetAlias: (name: string) => then(remove('/api/aliases/{name}', { path: { name } })),
  }
}

export type Models = ReturnType<typeof useModels>
