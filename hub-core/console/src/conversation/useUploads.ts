import { computed, onScopeDispose, reactive } from 'vue'
import type { Upload } from '../shared/api/types'
import { formOf, sendFile } from '../shared/api/upload'
import type { Attached } from './outbox'

export interface Uploading {
  key: number
  file: File
  preview: string | undefined
  progress: number
  done: Upload | undefined
  failure: unknown
  cancel: () => void
}

const MOST = 10
let keys = 0

/** The files beside the text that is being written. */
export function useUploads() {
  const uploads = reactive<Uploading[]>([])

  function add(files: Iterable<File>): boolean {
    let room = true
    for (const file of files) {
      room = uploads.length < MOST
      if (room) start(file)
    }
    return room
  }

  function start(file: File): void {
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined
    uploads.push({ key: ++keys, file, preview, progress: 0, done: undefined, failure: undefined, cancel: () => {} })
    void run(uploads.at(-1)!)
  }

  async function run(upload: Uploading): Promise<void> {
    upload.failure = undefined
    upload.progress = 0
    const { answer, cancel } = sendFile<Upload>('/api/files', formOf(upload.file), (share) => (upload.progress = share))
    upload.cancel = cancel
    try {
      upload.done = await answer
    } catch (failure) {
      upload.failure = failure
    }
  }

  function drop(key: number): void {
    const at = uploads.findIndex((upload) => upload.key === key)
    if (at < 0) return
    uploads[at]!.cancel()
    if (uploads[at]!.preview) URL.revokeObjectURL(uploads[at]!.preview!)
    uploads.splice(at, 1)
  }

  /** Hands over what was uploaded; the previews go with it. */
  function takeAll(): Attached[] {
    return uploads
      .splice(0)
      .filter((upload) => upload.done)
      .map(({ done, file, preview }) => ({
        uploadId: done!.uploadId,
        name: file.name,
        size: file.size,
        type: done!.type,
        preview,
      }))
  }

  onScopeDispose(() => uploads.forEach((upload) => upload.cancel()))

  return {
    uploads,
    busy: computed(() => uploads.some((upload) => !upload.done)),
    add,
    drop,
    takeAll,
    retry: (upload: Uploading) => void run(upload),
  }
}
