import { ElMessageBox } from 'element-plus'
import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRouter, type RouteLocationNormalizedLoaded } from 'vue-router'
import { get, post, put, Refused, remove } from '../shared/api/http'
import type { Entry } from '../shared/api/types'
import { useSay } from '../shared/useSay'
import { bodyOf, draftOf, mistake, type Draft } from './entry'
import { useUnanswered } from './useUnanswered'

/** One entry while it is edited: what is stored, what is written, and whether they differ. */
export function useEntry(route: RouteLocationNormalizedLoaded) {
  const { t } = useI18n()
  const { done, failed, warn } = useSay()
  const { dismiss } = useUnanswered()
  const router = useRouter()
  const stored = ref<Entry>()
  const draft = ref<Draft>(draftOf({}))
  const before = ref('')
  const failure = ref<unknown>()
  const busy = ref(false)
  const conflict = ref(false)
  const isNew = computed(() => route.params.id === 'new')
  const dirty = computed(() => JSON.stringify(draft.value) !== before.value)

  function keep(entry: Partial<Entry>): void {
    draft.value = draftOf(entry)
    before.value = JSON.stringify(draft.value)
    conflict.value = false
  }

  async function load(): Promise<void> {
    failure.value = undefined
    if (isNew.value) {
      const { question, language, desk } = route.query
      keep({})
      if (typeof question === 'string') draft.value.question = question
      if (language === 'zh' || language === 'en') draft.value.language = language
      if (typeof desk === 'string') draft.value.desk = desk
      return
    }
    try {
      stored.value = await get('/api/knowledge/{id}', { id: String(route.params.id) })
      keep(stored.value)
    } catch (failed) {
      failure.value = failed
    }
  }

  async function save(): Promise<void> {
    const wrong = mistake(draft.value)
    if (wrong) {
      warn(t(wrong))
      return
    }
    if (busy.value) return
    busy.value = true
    try {
      const body = bodyOf(draft.value)
      stored.value = stored.value
        ? await put('/api/knowledge/{id}', { id: stored.value.id, body: { ...body, version: stored.value.version } })
        : await post('/api/knowledge', { body })
      keep(stored.value)
      done(t('knowledge.saved'))
      if (isNew.value) await created(stored.value)
    } catch (problem) {
      const refusedAs409 = problem instanceof Refused && problem.code === 'conflict'
      conflict.value = refusedAs409 && stored.value !== undefined
      // Where there is nothing stored yet, nobody can have changed it: the hub says what stands in the way.
      if (refusedAs409 && !conflict.value) warn(problem.message)
      else if (!conflict.value) failed(problem)
    } finally {
      busy.value = false
    }
  }

  async function created(entry: Entry): Promise<void> {
    const from = route.query.from
    if (typeof from === 'string') await dismiss(from).catch(() => {})
    await router.replace({ name: 'entry', params: { id: entry.id } })
  }

  async function destroy(): Promise<void> {
    if (!stored.value || !(await sure('knowledge.deleteTitle', 'knowledge.deleteText', 'shell.common.delete'))) return
    try {
      await remove('/api/knowledge/{id}', { id: stored.value.id })
      before.value = JSON.stringify(draft.value)
      done(t('knowledge.deleted'))
      await router.push({ name: 'entries' })
    } catch (problem) {
      failed(problem)
    }
  }

  const sure = (title: string, text: string, yes: string, no = 'shell.common.cancel') =>
    ElMessageBox.confirm(t(text), t(title), {
      confirmButtonText: t(yes),
      cancelButtonText: t(no),
      type: 'warning',
    }).then(
      () => true,
      () => false,
    )

  /** Nobody loses what they wrote by a stray click. */
  const guard = async () =>
    !dirty.value || sure('shell.common.leaveTitle', 'shell.common.leaveText', 'shell.common.leave', 'shell.common.stay')
  const guardTab = (event: BeforeUnloadEvent) => {
    if (dirty.value) event.preventDefault()
  }
  onBeforeRouteLeave(guard)
  onBeforeRouteUpdate(guard)
  onMounted(() => addEventListener('beforeunload', guardTab))
  onBeforeUnmount(() => removeEventListener('beforeunload', guardTab))
  void load()

  return { stored, draft, failure, busy, conflict, isNew, dirty, load, save, destroy }
}
