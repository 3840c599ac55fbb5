import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { get, Refused } from '../shared/api/http'
import type { Document, VectorProgress } from '../shared/api/types'
import { sendFile } from '../shared/api/upload'
import { usePolling } from '../shared/parts/usePolling'
import { useSay } from '../shared/useSay'

const busy = (document: Document) => document.state === 'waiting' || document.state === 'reading'

/** The files that desks answer from; asked for again while one is read or vectors are made. */
export function useDocuments() {
  const rows = shallowRef<Document[]>([])
  const vectors = ref<VectorProgress>()
  const loading = ref(true)
  const failure = ref<unknown>()

  async function load(): Promise<void> {
    try {
      const answer = await get('/api/knowledge/documents')
      rows.value = answer.documents
      vectors.value = answer.vectors
      failure.value = undefined
    } catch (failed) {
      failure.value = failed
    } finally {
      loading.value = false
    }
  }

  usePolling(
    computed(() => rows.value.some(busy) || vectors.value?.state === 'working'),
    load,
    1_000,
  )
  void load()
  return { rows, vectors, loading, failure, load }
}

/** What is wrong with a file, in the hub's words: they say more than the kind of the refusal. */
export function useTroubleText() {
  const { textOf } = useSay()
  return (failure: unknown) => (failure instanceof Refused && failure.problem.detail) || textOf(failure)
}

interface Refusal {
  name: string
  text: string
}

/** Sends files one after the other; those that are refused are listed with the reason. */
export function useDocumentUpload(addressOf: (name: string) => string, done: (document: Document) => void) {
  const textOf = useTroubleText()
  const waiting: File[] = []
  const name = ref('')
  const share = ref<number>()
  const refused = ref<Refusal[]>([])
  let cancel = () => {}

  async function run(): Promise<void> {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      name.value = file.name
      share.value = 0
      try {
        const sending = sendFile<Document>(addressOf(file.name), file, (now) => (share.value = now))
        cancel = sending.cancel
        done(await sending.answer)
      } catch (failure) {
        refused.value = [...refused.value, { name: file.name, text: textOf(failure) }]
      }
    }
    share.value = undefined
  }

  onScopeDispose(() => {
    waiting.length = 0
    cancel()
  })

  return {
    name,
    share,
    refused,
    send(files: readonly File[]): void {
      if (share.value === undefined) refused.value = []
      waiting.push(...files)
      if (share.value === undefined) void run()
    },
  }
}
