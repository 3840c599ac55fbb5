import { ref } from 'vue'

/** Has what a page shows fetched, as often as it changes; an answer that was overtaken by a newer question is dropped. */
export function useLoad<T>(fetch: () => Promise<T>, take: (answer: T) => void) {
  const loading = ref(true)
  const failure = ref<unknown>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const answer = await fetch()
      if (mine !== asked) return
      take(answer)
      failure.value = undefined
    } catch (failed) {
      if (mine === asked) failure.value = failed
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  return {
    loading,
    failure,
    load,
    /** Waits for a change, and has everything fetched again, whatever became of it. */
    async during<R>(change: Promise<R>): Promise<R> {
      try {
        return await change
      } finally {
        void load()
      }
    },
  }
}
