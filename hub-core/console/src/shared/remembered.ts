import { ref, watch, type Ref } from 'vue'

const PREFIX = 'kefuhub.'

/** A value that this browser keeps, the same in all its tabs; where storage is blocked it lasts as long as the tab. */
export function remembered<T>(key: string, fallback: T): Ref<T> {
  const value = ref(read(key, fallback)) as Ref<T>
  watch(value, (now) => write(key, now), { deep: true, flush: 'sync' })
  addEventListener('storage', (event) => {
    if (event.key === PREFIX + key) value.value = read(key, fallback)
  })
  return value
}

function read<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    if (text === null) return fallback
    return typeof fallback === 'string' ? (text as T) : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, typeof value === 'string' ? value : JSON.stringify(value))
  } catch {
    // Blocked or full: it lasts as long as the tab.
  }
}
