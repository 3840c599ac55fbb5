import { headers, problemOf, refusal, Refused, Unreachable } from './http'

export interface Sending<T> {
  answer: Promise<T>
  cancel: () => void
}

/** Sends a file; the browser's fetch cannot say how far it is, XMLHttpRequest can. */
export function sendFile<T>(address: string, body: FormData | Blob, progress: (share: number) => void): Sending<T> {
  const request = new XMLHttpRequest()
  const answer = new Promise<T>((resolve, reject) => {
    request.open('POST', address)
    for (const [name, value] of Object.entries(headers('post'))) request.setRequestHeader(name, value)
    if (body instanceof Blob) request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T)
      else reject(refusal(new Refused(problemOf(request.responseText, request.status, request.statusText))))
    }
    request.onerror = () => reject(new Unreachable())
    request.send(body)
  })
  return { answer, cancel: () => request.abort() }
}

export function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}
