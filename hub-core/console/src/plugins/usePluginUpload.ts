import { onScopeDispose, ref } from 'vue'
import type { Activation } from '../shared/api/types'
import { sendFile } from '../shared/api/upload'
import { together, type Whole } from './wholeFiles'

/**
 * Sends plugin files to the hub one after the other; answers how each ended.
 *
 * @param alone hears of manifests that came without their modules
 */
export function usePluginUpload(
  ended: (done: Activation) => void,
  failed: (failure: unknown) => void,
  alone: (manifest: File) => void,
) {
  const waiting: Whole[] = []
  const name = ref('')
  /** How much of it is there; all of it while the hub tries it. */
  const share = ref<number>()
  let cancel = () => {}

  async function run(): Promise<void> {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      name.value = file.name
      share.value = 0
      const address = `/api/plugins?name=${encodeURIComponent(file.name)}`
      try {
        const sending = sendFile<Activation>(address, await file.content(), (now) => (share.value = now))
        cancel = sending.cancel
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
    send(files: readonly File[]): void {
      const taken = together(files)
      taken.alone.forEach(alone)
      waiting.push(...taken.whole)
      if (share.value === undefined) void run()
    },
  }
}
