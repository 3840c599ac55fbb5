import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { Refused } from '../shared/api/http'
import { useSay } from '../shared/useSay'

/**
 * A form in a dialog, and having the hub keep what is in it.
 *
 * @param hasField whether the form shows a field of that name
 */
export function useDialogForm(hasField: (name: string) => boolean) {
  const { t } = useI18n()
  const { textOf, done } = useSay()
  const open = ref(false)
  /** What is wrong, by field; what belongs to no field lies under the empty name. */
  const marks = ref<Record<string, string>>({})
  const busy = ref(false)
  /** How often it was not kept. */
  const refusals = ref(0)

  function refuse(wrong: Record<string, string>): false {
    marks.value = wrong
    refusals.value++
    return false
  }

  return {
    open,
    marks,
    busy,
    refusals,
    begin(): void {
      marks.value = {}
      open.value = true
    },
    /**
     * Marks what is wrong, or has the form kept and closes it.
     *
     * @param mistakes seen before the hub is asked
     */
    async keep(mistakes: Record<string, string>, save: () => Promise<unknown>): Promise<boolean> {
      if (Object.keys(mistakes).length > 0) return refuse(mistakes)
      if (busy.value) return false
      marks.value = {}
      busy.value = true
      try {
        await save()
        done(t('models.saved'))
        open.value = false
        return true
      } catch (failure) {
        const field = failure instanceof Refused ? failure.problem.field : undefined
        return refuse({ [field && hasField(field) ? field : '']: textOf(failure) })
      } finally {
        busy.value = false
      }
    },
  }
}

export type DialogForm = ReturnType<typeof useDialogForm>
