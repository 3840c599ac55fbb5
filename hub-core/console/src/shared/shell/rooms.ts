import {
  BookOpen,
  Cable,
  FlaskConical,
  MessagesSquare,
  Sparkles,
  Puzzle,
  ScrollText,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from '@lucide/vue'
import { computed } from 'vue'
import { useCounts } from '../../inbox/useInbox'
import { useConcerns } from '../../models/useConcerns'
import { useSession } from '../../session/useSession'
import { useProvisioning } from '../../settings/useProvisioning'
import { useAlerts } from '../alerts/alerts'

const ROOMS = [
  { name: 'inbox', to: '/inbox', icon: MessagesSquare, needs: 'talk' },
  { name: 'review', to: '/review', icon: ShieldCheck, needs: 'review' },
  { name: 'knowledge', to: '/knowledge', icon: BookOpen, needs: undefined },
  { name: 'people', to: '/people', icon: Users, needs: 'administer' },
  { name: 'channels', to: '/channels', icon: Cable, needs: undefined },
  { name: 'plugins', to: '/plugins', icon: Puzzle, needs: 'administer' },
  { name: 'playground', to: '/playground', icon: FlaskConical, needs: 'tryFilters' },
  { name: 'models', to: '/models', icon: Sparkles, needs: 'spending' },
  { name: 'audit', to: '/audit', icon: ScrollText, needs: 'audit' },
  { name: 'settings', to: '/settings', icon: SlidersHorizontal, needs: 'administer' },
] as const

/** The rooms that I may enter, in the order of the navigation, each with a number that wants to be looked at. */
export function useRooms() {
  const { may } = useSession()
  const { waiting } = useAlerts()
  const counts = useCounts()
  const { problems } = useProvisioning()
  const { off, budgets } = useConcerns()
  const numbers = computed<Partial<Record<string, { count: number; said: string }>>>(() => ({
    inbox: { count: waiting.value, said: 'inbox.nWaiting' },
    review: { count: counts.value.held, said: 'review.nHeld' },
    models: { count: off.value + budgets.value, said: 'models.nConcerns' },
    settings: { count: problems.value, said: 'settings.nProblems' },
  }))
  return computed(() =>
    ROOMS.filter((room) => room.needs === undefined || may.value[room.needs]).map((room) => ({
      ...room,
      number: numbers.value[room.name],
    })),
  )
}

export type Room = ReturnType<typeof useRooms>['value'][number]
