import { readonly, ref } from 'vue'
import { get } from '../shared/api/http'

const offered = ref(false)
let asked = false

/** Notes the alias that was chosen just now; the settings say so. */
export function chooseDraftModel(alias: string | undefined): void {
  asked = true
  offered.value = alias !== undefined
}

/** Whether a model proposes words to agents here; asked once a visit. */
export function useDraftModel() {
  if (!asked) {
    asked = true
    void get('/api/settings').then(
      (settings) => (offered.value = settings.draftAlias !== undefined),
      () => (asked = false),
    )
  }
  return { offered: readonly(offered) }
}
