import { ElMessageBox } from 'element-plus'
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { get, put, remove } from '../shared/api/http'
import type { Chunk, Document } from '../shared/api/types'
import { usePolling } from '../shared/parts/usePolling'
import { useSay } from '../shared/useSay'

/** One document with what it was cut into. */
export function useDocument(id: string) {
  const { t } = useI18n()
  const { done, failed } = useSay()
  const router = useRouter()
  const document = ref<Document>()
  const chunks = shallowRef<Chunk[]>([])
  const next = ref<number>()
  const failure = ref<unknown>()
  const busy = ref(false)

  async function load(): Promise<void> {
    try {
      const before = document.value
      document.value = await get('/api/knowledge/documents/{id}', { id })
      failure.value = undefined
      if (before?.updatedAt !== document.value.updatedAt) await more(true)
    } catch (failed) {
      failure.value = failed
    }
  }

  async function more(anew = false): Promise<void> {
    const after = anew ? 0 : (next.value ?? 0)
    const page = await get('/api/knowledge/documents/{id}/chunks', { id, query: { after, limit: 50 } })
    chunks.value = anew ? page.chunks : [...chunks.value, ...page.chunks]
    next.value = page.next
  }

  async function turn(enabled: boolean): Promise<void> {
    busy.value = true
    try {
      document.value = await put('/api/knowledge/documents/{id}', { id, body: { enabled } })
    } catch (problem) {
      failed(problem)
    } finally {
      busy.value = false
    }
  }

  async function destroy(): Promise<void> {
    const sure = await ElMessageBox.confirm(
      t('knowledge.documents.deleteText'),
      t('knowledge.documents.deleteTitle', { name: document.value?.name ?? '' }),
      {
        confirmButtonText: t('shell.common.delete'),
        cancelButtonText: t('shell.common.cancel'),
        type: 'warning',
      },
    ).then(
      () => true,
      () => false,
    )
    if (!sure) return
    try {
      await remove('/api/knowledge/documents/{id}', { id })
      done(t('knowledge.deleted'))
      await router.push({ name: 'documents' })
    } catch (problem) {
      failed(problem)
    }
  }

  usePolling(
    computed(() => document.value?.state === 'waiting' || document.value?.state === 'reading'),
    load,
    1_000,
  )
  void load()
  return { document, chunks, next, failure, busy, load, more, turn, destroy }
}
