import { onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { get, post } from '../shared/api/http'
import type { FilterTried, FilterTry } from '../shared/api/types'
import { usePolling } from '../shared/parts/usePolling'
import { useSay } from '../shared/useSay'

const OFTEN = 1_000

/** A line for each, as people enter them: `level: gold`. */
export function attributesOf(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.search(/[:：=]/)
    const name = (at < 0 ? line : line.slice(0, at)).trim()
    return name ? [[name, at < 0 ? '' : line.slice(at + 1).trim()] as const] : []
  })
  return Object.fromEntries(pairs)
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** A message that nobody wrote and what the filters make of it; asked again by itself when another filter would judge. */
export function usePlayground() {
  const { locale } = useI18n()
  const { textOf } = useSay()
  const form = reactive({
    text: '',
    desk: '',
    stage: 'CUSTOMER_IN' as FilterTry['stage'],
    language: '',
    channel: '',
    attributes: '',
    recent: '',
    knownDays: 0,
  })
  const tried = shallowRef<FilterTried>()
  /** What was asked last, and is asked again. */
  const asked = shallowRef<FilterTry>()
  const problem = ref('')
  const busy = ref(false)
  /** How often it was asked again by itself since somebody asked. */
  const again = ref(0)
  let number = 0
  onScopeDispose(() => number++)

  async function send(wish: FilterTry): Promise<void> {
    const mine = ++number
    busy.value = true
    try {
      const answer = await post('/api/filters/try', { body: wish })
      if (mine !== number) return
      tried.value = answer
      asked.value = wish
      problem.value = ''
    } catch (failure) {
      if (mine === number) problem.value = textOf(failure)
    } finally {
      if (mine === number) busy.value = false
    }
  }

  async function ask(): Promise<void> {
    if (!form.text.trim()) return
    again.value = 0
    const attributes = attributesOf(form.attributes)
    const recent = linesOf(form.recent)
    await send({
      text: form.text,
      desk: form.desk,
      stage: form.stage,
      ...(form.language ? { language: form.language } : {}),
      ...(form.channel ? { channel: form.channel } : {}),
      ...(Object.keys(attributes).length ? { attributes } : {}),
      ...(recent.length ? { recent } : {}),
      knownDays: form.knownDays,
    })
  }

  async function look(): Promise<void> {
    if (busy.value || !asked.value) return
    try {
      const { chain } = await get('/api/filters/chain')
      if (busy.value || !asked.value || chain === tried.value?.chain) return
      again.value++
      await send(asked.value)
    } catch {
      // It is looked again in a moment.
    }
  }
  usePolling(ref(true), look, OFTEN)
  // Reasons come worded.
  watch(locale, () => asked.value && void send(asked.value))

  return { form, tried, asked, problem, busy, again, ask }
}
