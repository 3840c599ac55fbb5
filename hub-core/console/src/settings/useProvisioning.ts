import { computed, ref } from 'vue'
import { useSession } from '../session/useSession'
import { useFeed } from '../shared/feed/useFeed'
import type { Provisioned } from '../shared/api/types'

const told = ref<Provisioned>()
useFeed().feed.listen({ provisioned: (now) => (told.value = now) })

/** How the files in conf/ fare, for those who set the hub up; the stream keeps it true. */
export function useProvisioning() {
  const { may } = useSession()
  const problems = computed(() => (may.value.administer ? (told.value?.problems ?? 0) : 0))
  const readAt = computed(() => told.value?.at)
  return { problems, readAt }
}
