import { onBeforeUnmount, onMounted } from 'vue'

export type Shortcuts = Record<string, () => void>

const rooms: Shortcuts[] = []
let prefix = ''
let prefixTimer = 0

/** Keys mean something only where nobody is writing and nothing lies on top. */
function busy(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null
  if (element?.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]'))
    return true
  return document.querySelector('.el-overlay:not([style*="display: none"]) [role=dialog]') !== null
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (busy(event.target)) return
  const key = prefix ? `${prefix} ${event.key}` : event.key
  prefix = ''
  const action = [...rooms].reverse().find((room) => room[key])?.[key]
  if (action) {
    event.preventDefault()
    action()
  } else if (rooms.some((room) => Object.keys(room).some((name) => name.startsWith(`${key} `)))) {
    prefix = key
    clearTimeout(prefixTimer)
    prefixTimer = window.setTimeout(() => (prefix = ''), 1_500)
  }
}

addEventListener('keydown', pressed)

/** These keys work while the component is there; the innermost one wins. `g i` is g, then i. */
export function useShortcuts(shortcuts: Shortcuts): void {
  onMounted(() => rooms.push(shortcuts))
  onBeforeUnmount(() => rooms.splice(rooms.indexOf(shortcuts), 1))
}
