import { shallowRef } from 'vue'
import { get, post, put, remove } from '../shared/api/http'
import type { Contribution, Instance, InstanceChange, Kind } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

/** Kinds that the hub makes instances of. */
export const MADE: readonly Kind[] = ['channel', 'filter', 'responder', 'translator', 'ai_provider']

/** What an instance is now, as a change that changes nothing; secrets that are left out stay. */
export function unchanged(instance: Instance): InstanceChange {
  const { title, contribution, settings, enabled, desks, skippedStages, deadlineMs, whenFailed } = instance
  return {
    title,
    contribution,
    settings,
    enabled,
    desks,
    skippedStages,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(whenFailed === undefined ? {} : { whenFailed }),
  }
}

/** What contributions there are, the instances made of them, and what an admin does with those. */
export function useInstances() {
  const instances = shallowRef<Instance[]>([])
  const contributions = shallowRef<Contribution[]>([])
  const { loading, failure, load, during } = useLoad(
    () => Promise.all([get('/api/instances'), get('/api/contributions')]),
    ([there, offered]) => {
      instances.value = there.instances
      contributions.value = offered.contributions
    },
  )

  /** Shown at once in the new order; the hub has the last word. */
  function order(kind: Kind, keys: string[]): Promise<unknown> {
    const place = new Map(keys.map((key, index) => [key, index]))
    const sorted = instances.value
      .filter((one) => one.kind === kind)
      .sort((a, b) => place.get(a.key)! - place.get(b.key)!)
    instances.value = [...instances.value.filter((one) => one.kind !== kind), ...sorted]
    return during(put('/api/instances/{kind}', { path: { kind }, body: { keys } }))
  }

  return {
    instances,
    contributions,
    loading,
    failure,
    load,
    save: (kind: Kind, key: string, body: InstanceChange) =>
      during(put('/api/instances/{kind}/{key}', { path: { kind, key }, body })),
    check: async (kind: Kind, key: string, body: InstanceChange) =>
      (await post('/api/instances/{kind}/{key}/check', { path: { kind, key }, body })).problems,
    forget: ({ kind, key }: Instance) => during(remove('/api/instances/{kind}/{key}', { path: { kind, key } })),
    order,
    find: (kind: Kind, key: string) => instances.value.find((one) => one.kind === kind && one.key === key),
  }
}

export type InstanceStore = ReturnType<typeof useInstances>
