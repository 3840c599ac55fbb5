import { computed, onScopeDispose, ref, shallowRef, type Ref } from 'vue'

/**
 * Puts rows into another order, by dragging a handle or by its arrow keys; hands over the new order when it is let go of.
 * While somebody moves a row, the order is theirs.
 */
export function useOrdering(rows: () => string[], box: Ref<HTMLElement | undefined>, moved: (keys: string[]) => void) {
  const held = ref<string>()
  const mine = shallowRef<string[]>()
  const keys = computed(() => mine.value ?? rows())

  function place(key: string, index: number): void {
    const others = keys.value.filter((one) => one !== key)
    const at = Math.max(0, Math.min(others.length, index))
    mine.value = [...others.slice(0, at), key, ...others.slice(at)]
  }

  function letGo(): void {
    held.value = undefined
    mine.value = undefined
    for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener)
  }

  function release(): void {
    const now = mine.value
    letGo()
    if (now && now.join() !== rows().join()) moved(now)
  }

  /** The row whose middle is nearest to the pointer. */
  function under(y: number): number {
    const middles = [...(box.value?.querySelectorAll('[data-key]') ?? [])].map((row) => {
      const { top, height } = row.getBoundingClientRect()
      return Math.abs(top + height / 2 - y)
    })
    return middles.indexOf(Math.min(...middles))
  }

  // On the window, because the row itself is taken out and put in again while it moves.
  const listeners = {
    pointermove(event: PointerEvent) {
      const at = under(event.clientY)
      if (held.value !== undefined && at >= 0 && keys.value[at] !== held.value) place(held.value, at)
    },
    pointerup: release,
    pointercancel: letGo,
    keydown: (event: KeyboardEvent) => event.key === 'Escape' && letGo(),
  }
  onScopeDispose(letGo)

  return {
    keys,
    held,
    /** Moves it by one, as the arrow keys do; says where it is then, or nothing at either end. */
    step(key: string, by: -1 | 1): number | undefined {
      const at = keys.value.indexOf(key) + by
      if (at < 0 || at >= keys.value.length) return undefined
      place(key, at)
      release()
      return at
    },
    grab(event: PointerEvent, key: string): void {
      if (event.button !== 0) return
      held.value = key
      mine.value = [...keys.value]
      for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener)
    },
  }
}
