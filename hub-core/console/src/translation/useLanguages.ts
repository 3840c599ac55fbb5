import { ref } from 'vue'
import { get, put } from '../shared/api/http'
import type { Languages } from '../shared/api/types'

/** The two languages of a conversation, as the hub takes them to be. */
export function useLanguages(id: string) {
  const languages = ref<Languages>()

  async function load(): Promise<void> {
    languages.value = await get('/api/conversations/{id}/languages', { id }).catch(() => languages.value)
  }

  /** `auto` leaves one to the hub again; what is left out stays. */
  async function correct(wanted: { customer?: string; agents?: string }): Promise<void> {
    languages.value = await put('/api/conversations/{id}/languages', { id, body: wanted })
  }

  return { languages, load, correct }
}

export type LanguagesOf = ReturnType<typeof useLanguages>
