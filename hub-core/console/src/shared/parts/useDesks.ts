import { ref } from 'vue'
import { get } from '../api/http'
import type { Desk } from '../api/types'

const desks = ref<Desk[]>([])

/** The desks I may see, by name; asked for again by each page that shows them. */
export function useDesks() {
  void get('/api/desks').then(
    (answer) => (desks.value = answer.desks),
    () => {},
  )
  return { desks, deskName: (id: string) => desks.value.find((desk) => desk.id === id)?.name ?? id }
}
