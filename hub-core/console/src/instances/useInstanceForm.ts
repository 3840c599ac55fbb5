import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { Refused } from '../shared/api/http'
import type { Contribution, Desk, Instance, InstanceChange, Kind, SettingProblem } from '../shared/api/types'
import { useSay } from '../shared/useSay'
import { freeKey, isAsked, isKey, mistakeIn, type Field } from './field'
import type { InstanceStore } from './useInstances'

/** The form of one instance: what is in its fields, which of them are wrong, and asking the hub about it. */
export function useInstanceForm(store: InstanceStore) {
  const { t } = useI18n()
  const { textOf } = useSay()
  const form = reactive({
    kind: 'filter' as Kind,
    key: '',
    title: '',
    contribution: '',
    values: {} as Record<string, string>,
    /** Keys of secrets that are set and are to go. */
    cleared: [] as string[],
    enabled: true,
    desks: [] as string[],
    skipped: [] as string[],
    deadline: '',
    whenFailed: '' as '' | NonNullable<InstanceChange['whenFailed']>,
  })
  const existing = ref<Instance>()
  /** What is wrong, by field; what belongs to no field lies under the empty name. */
  const marks = ref<Record<string, string>>({})
  const busy = ref<'check' | 'save'>()
  const fine = ref(false)
  const offered = computed(() => store.contributions.value.filter((one) => one.kind === form.kind))
  const chosen = computed(() => offered.value.find((one) => one.id === form.contribution))
  const fields = computed<Field[]>(() => {
    const all = chosen.value?.settings ?? []
    return all.filter((field) => isAsked(field, all, form.values))
  })

  function judge(problems: Record<string, string>): boolean {
    marks.value = problems
    fine.value = false
    return Object.keys(problems).length === 0
  }

  function choose(contribution: Contribution): void {
    form.contribution = contribution.id
    const taken = new Set(store.instances.value.filter((one) => one.kind === form.kind).map((one) => one.key))
    form.key = freeKey(contribution.id, taken)
    form.values = {}
    form.cleared = []
    judge({})
  }

  function begin(instance: Instance | undefined, from: Contribution | undefined, desks: Desk[]): void {
    existing.value = instance
    form.kind = instance?.kind ?? from?.kind ?? 'filter'
    form.contribution = instance?.contribution ?? ''
    form.key = instance?.key ?? ''
    form.title = instance?.title ?? ''
    form.values = { ...instance?.settings }
    form.cleared = []
    form.enabled = instance?.enabled ?? true
    form.desks = [...(instance?.desks ?? (form.kind === 'channel' ? desks.slice(0, 1).map((desk) => desk.key) : []))]
    form.skipped = [...(instance?.skippedStages ?? [])]
    form.deadline = instance?.deadlineMs === undefined ? '' : String(instance.deadlineMs)
    form.whenFailed = instance?.whenFailed ?? ''
    judge({})
    if (!instance && from) choose(from)
    for (const { setting, text } of instance?.problems ?? []) marks.value[known(setting)] = text
  }

  const known = (setting: string) => (fields.value.some((field) => field.key === setting) ? setting : '')

  function body(): InstanceChange {
    const settings = Object.fromEntries(Object.entries(form.values).filter(([, value]) => value.trim() !== ''))
    // People read the name of a channel in many places, so it has one.
    const usual = form.kind === 'channel' && !existing.value ? (chosen.value?.title ?? '') : ''
    return {
      title: form.title.trim() || usual,
      contribution: form.contribution,
      settings,
      ...(form.cleared.length ? { clearedSecrets: [...form.cleared] } : {}),
      enabled: form.enabled,
      desks: [...form.desks],
      skippedStages: [...form.skipped],
      ...(form.deadline.trim() === '' ? {} : { deadlineMs: Number(form.deadline) }),
      ...(form.whenFailed === '' ? {} : { whenFailed: form.whenFailed }),
    }
  }

  /** What is wrong at first sight, all of it at once. */
  function mistakes(): Record<string, string> {
    const wrong: Record<string, string> = {}
    for (const field of fields.value) {
      const isSet = existing.value?.secrets.includes(field.key) ?? false
      const mistake = mistakeIn(field, form.values[field.key] ?? '', isSet)
      if (mistake) wrong[field.key] = t(`instances.mistakes.${mistake}`)
    }
    if (form.deadline.trim() !== '' && !/^\d{1,6}$/.test(form.deadline.trim()))
      wrong.deadlineMs = t('instances.mistakes.number')
    if (existing.value) return wrong
    if (!isKey(form.key)) wrong.key = t('instances.mistakes.key')
    else if (store.find(form.kind, form.key)) wrong.key = t('instances.mistakes.taken')
    return wrong
  }

  const bySetting = (problems: SettingProblem[]) =>
    Object.fromEntries(
      problems.map(({ setting, text }) => [known(setting), known(setting) || !setting ? text : `${setting}: ${text}`]),
    )

  function marksOf(failure: unknown): Record<string, string> {
    if (!(failure instanceof Refused)) return { '': textOf(failure) }
    if (failure.code === 'name-taken') return { key: t('instances.mistakes.taken') }
    if (failure.code !== 'invalid') return { '': textOf(failure) }
    const { problems } = failure.problem as { problems?: SettingProblem[] }
    if (problems) return bySetting(problems)
    const { field } = failure.problem
    const shown = field && (['key', 'desks', 'deadlineMs'].includes(field) || known(field))
    return { [shown ? field : '']: textOf(failure) }
  }

  async function ask<T>(what: 'check' | 'save', question: () => Promise<T>): Promise<T | undefined> {
    if (busy.value || !judge(mistakes())) return undefined
    busy.value = what
    try {
      return await question()
    } catch (failure) {
      judge(marksOf(failure))
      return undefined
    } finally {
      busy.value = undefined
    }
  }

  return {
    form,
    existing,
    marks,
    busy,
    fine,
    offered,
    chosen,
    fields,
    begin,
    choose,
    /** Has the hub try it without keeping it. */
    async check(): Promise<void> {
      const problems = await ask('check', () => store.check(form.kind, form.key, body()))
      if (problems) fine.value = judge(bySetting(problems))
    },
    /** Has the hub keep it and ask it from now on; answers nothing when it would not work. */
    save: () => ask('save', () => store.save(form.kind, form.key, body())),
    /** A secret that is set goes with the next save, or stays after all. */
    clear(key: string, goes: boolean): void {
      form.cleared = form.cleared.filter((one) => one !== key)
      if (goes) form.cleared.push(key)
      fine.value = false
    },
    /** Something was typed, so what was found before is no longer so. */
    touched(name: string): void {
      fine.value = false
      if (!(name in marks.value)) return
      const { [name]: _, ...others } = marks.value
      marks.value = others
    },
  }
}

export type InstanceForm = ReturnType<typeof useInstanceForm>
