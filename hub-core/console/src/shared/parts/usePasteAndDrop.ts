import { onBeforeUnmount, onMounted, ref } from 'vue'

/** Files that are pasted into the text or dropped anywhere on the page. */
export function usePasteAndDrop(attach: (files: File[]) => void) {
  const over = ref(false)
  let depth = 0

  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const listeners = {
    dragenter(event: DragEvent) {
      if (carriesFiles(event)) over.value = ++depth > 0
    },
    dragleave(event: DragEvent) {
      if (carriesFiles(event)) over.value = --depth > 0
    },
    dragover(event: DragEvent) {
      if (carriesFiles(event)) event.preventDefault()
    },
    drop(event: DragEvent) {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth = 0
      over.value = false
      attach([...(event.dataTransfer?.files ?? [])])
    },
  }

  onMounted(() =>
    Object.entries(listeners).forEach(([name, listener]) => addEventListener(name, listener as EventListener)),
  )
  onBeforeUnmount(() =>
    Object.entries(listeners).forEach(([name, listener]) => removeEventListener(name, listener as EventListener)),
  )

  return {
    over,
    pasted(event: ClipboardEvent) {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      attach(files)
    },
  }
}
