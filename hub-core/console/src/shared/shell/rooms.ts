import { BookOpen, Cable, MessagesSquare, Puzzle, ScrollText, SlidersHorizontal, Users } from '@lucide/vue'
import { computed } from 'vue'
import { useSession } from '../../session/useSession'

const ROOMS = [
  { name: 'inbox', to: '/inbox', icon: MessagesSquare, needs: 'talk' },
  { name: 'knowledge', to: '/knowledge', icon: BookOpen, needs: undefined },
  { name: 'people', to: '/people', icon: Users, needs: 'administer' },
  { name: 'channels', to: '/channels', icon: Cable, needs: undefined },
  { name: 'plugins', to: '/plugins', icon: Puzzle, needs: 'administer' },
  { name: 'audit', to: '/audit', icon: ScrollText, needs: 'audit' },
  { name: 'settings', to: '/settings', icon: SlidersHorizontal, needs: 'administer' },
] as const

/** The rooms that I may enter, in the order of the navigation. */
export function useRooms() {
  const { may } = useSession()
  return computed(() => ROOMS.filter((room) => room.needs === undefined || may.value[room.needs]))
}
