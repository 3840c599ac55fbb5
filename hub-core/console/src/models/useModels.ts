import { shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Alias, AliasChange, Deployment, DeploymentChange } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

/** What a deployment is now, as a change that changes nothing. */
export function unchanged(one: Deployment): DeploymentChange {
  const { key: _key, off: _off, managedBy: _managedBy, health: _health, perThousand: _price, ...rest } = one
  return rest
}

/** The models the hub may ask, and the names they are asked by. */
export function useModels() {
  const deployments = shallowRef<Deployment[]>([])
  const aliases = shallowRef<Alias[]>([])
  const { loading, failure, load, during } = useLoad(
    () => Promise.all([get('/api/deployments'), get('/api/aliases')]),
    ([models, names]) => {
      deployments.value = models.deployments
      aliases.value = names.aliases
    },
  )

  return {
    deployments,
    aliases,
    loading,
    failure,
    load,
    save: (key: string, body: DeploymentChange) => during(put('/api/deployments/{key}', { path: { key }, body })),
    forget: (key: string) => during(remove('/api/deployments/{key}', { path: { key } })),
    test: (key: string) => during(post('/api/deployments/{key}/test', { path: { key } })),
    saveAlias: (name: string, body: AliasChange) => during(put('/api/aliases/{name}', { path: { name }, body })),
    forgetAlias: (name: string) => during(remove('/api/aliases/{name}', { path: { name } })),
  }
}

export type Models = ReturnType<typeof useModels>
