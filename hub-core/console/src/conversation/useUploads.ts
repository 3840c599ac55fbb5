import { computed, onScopeDispose, reactive } from 'vue'
import { headers, problemOf, Refused, Unreachable } from '../shared/api/http'
import type { Upload } from '../shared/api/types'
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

/** Sends the file; the browser's fetch cannot say how far it is, XMLHttpRequest can. */
function send(file: File, progress: (share: number) => void): { answer: Promise<Upload>; cancel: () => void } {
  const request = new XMLHttpRequest()
  const answer = new Promise<Upload>((resolve, reject) => {
    request.open('POST', '/api/files')
    for (const [name, value] of Object.entries(headers('post'))) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Upload)
      else reject(new Refused(problemOf(request.responseText, request.status, request.statusText)))
    }
    request.onerror = () => reject(new Unreachable())
    const body = new FormData()
    body.append('file', file, file.name)
    request.send(body)
  })
  return { answer, cancel: () => request.abort() }
}

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
    const { answer, cancel } = send(upload.file, (share) => (upload.progress = share))
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
