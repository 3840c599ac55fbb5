import { onScopeDispose, ref } from 'vue'
import type { Activation } from '../shared/api/types'
import { sendFile } from '../shared/api/upload'

/** Sends plugin files to the hub one after the other; answers how each ended. */
export function usePluginUpload(ended: (done: Activation) => void, failed: (failure: unknown) => void) {
  const waiting: File[] = []
  const name = ref('')
  /** How much of it is there; all of it while the hub tries it. */
  const share = ref<number>()
  let cancel = () => {}

  async function run(): Promise<void> {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      name.value = file.name
      share.value = 0
      const address = `/api/plugins?name=${encodeURIComponent(file.name)}`
      const sending = sendFile<Activation>(address, file, (now) => (share.value = now))
      cancel = sending.cancel
      try {
        ended(await sending.answer)
      } catch (failure) {
        failed(failure)
      }
    }
    share.value = undefined
  }

  onScopeDispose(() => {
    waiting.length = 0
    cancel()
  })

  return {
    name,
    share,
    send(files: Iterable<File>): void {
      waiting.push(...files)
      if (share.value === undefined) void run()
    },
  }
}
