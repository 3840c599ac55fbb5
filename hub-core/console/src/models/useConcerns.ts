import { computed, ref } from 'vue'
import { useSession } from '../session/useSession'
import type { Concerned } from '../shared/api/types'
import { useFeed } from '../shared/feed/useFeed'

const told = ref<Concerned>()
useFeed().feed.listen({ concerned: (now) => (told.value = now) })

/** What of models and money wants a person, for those who set the hub up; the stream keeps it true. */
export function useConcerns() {
  const { may } = useSession()
  const number = (of: (now: Concerned) => number) =>
    computed(() => (may.value.administer && told.value ? of(told.value) : 0))
  return { off: number(({ models }) => models), budgets: number(({ budgets }) => budgets) }
}
