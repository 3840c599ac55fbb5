import { readonly, ref } from 'vue'
import { get } from '../shared/api/http'

const offered = ref(false)
let asked = false

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
