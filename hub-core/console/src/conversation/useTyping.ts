import { onScopeDispose } from 'vue'

const AGAIN = 3_000

/** Tells the customer that somebody types: at the first key and every three seconds, and when it is over. */
export function useTyping(tell: (on: boolean) => void) {
  let told = 0
  function end(): void {
    if (told === 0) return
    told = 0
    tell(false)
  }
  onScopeDispose(end)
  return {
    key() {
      const now = Date.now()
      if (now - told < AGAIN) return
      told = now
      tell(true)
    },
    end,
  }
}
