import { computed, shallowRef } from 'vue'
import { get, patch, post, type Body } from '../shared/api/http'
import type { Invitation, Invited, Person } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

type Change = Body<'/api/people/{id}', 'patch'>

/** Everyone who works here, and what an admin does with them. */
export function usePeople() {
  const people = shallowRef<Person[]>([])
  const { loading, failure, load } = useLoad(
    () => get('/api/people'),
    (answer) => (people.value = answer.people),
  )

  function keep(person: Person): void {
    const others = people.value.filter((one) => one.id !== person.id)
    people.value = [...others, person]
  }

  return {
    people: computed(() =>
      [...people.value].sort((a, b) => Number(b.enabled) - Number(a.enabled) || a.name.localeCompare(b.name)),
    ),
    loading,
    failure,
    load,
    async invite(body: Invitation): Promise<Invited> {
      const invited = await post('/api/people', { body })
      keep(invited.person)
      return invited
    },
    async change(id: string, body: Change): Promise<void> {
      keep(await patch('/api/people/{id}', { id, body }))
    },
    async resetPassword(id: string): Promise<Invited> {
      const invited = await post('/api/people/{id}/reset-password', { id })
      keep(invited.person)
      return invited
    },
  }
}
