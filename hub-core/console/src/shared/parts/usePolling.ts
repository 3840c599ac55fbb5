import { onScopeDispose, watch, type Ref } from 'vue'

const PAUSE = 3_000

/** Asks again and again while that is wanted and somebody looks. */
export function usePolling(wanted: Ref<boolean>, ask: () => Promise<void>, pause = PAUSE): void {
  let timer = 0
  const stop = () => clearInterval(timer)
  watch(
    wanted,
    (now) => {
      stop()
      if (now) timer = window.setInterval(() => document.visibilityState === 'visible' && void ask(), pause)
    },
    { immediate: true },
  )
  onScopeDispose(stop)
}
