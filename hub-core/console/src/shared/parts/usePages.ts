import { ref, shallowRef } from 'vue'

interface Page<T> {
  rows: T[]
  next: string | undefined
}

/** A list that is fetched page by page; an answer that was overtaken by a newer question is dropped. */
export function usePages<T>(fetch: (before: string | undefined) => Promise<Page<T>>) {
  const rows = shallowRef<T[]>([])
  const next = ref<string>()
  const loading = ref(true)
  const failure = ref<unknown>()
  let asked = 0

  async function load(more = false): Promise<void> {
    const mine = ++asked
    loading.value = true
    failure.value = undefined
    try {
      const page = await fetch(more ? next.value : undefined)
      if (mine !== asked) return
      rows.value = more ? [...rows.value, ...page.rows] : page.rows
      next.value = page.next
    } catch (failed) {
      if (mine === asked) failure.value = failed
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  return { rows, next, loading, failure, load }
}
