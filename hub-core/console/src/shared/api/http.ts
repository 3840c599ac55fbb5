import type { paths } from './schema'
import type { Problem } from './types'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never
}[keyof paths]
type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never
type Json<R> = R extends { content: { 'application/json': infer B } } ? B : undefined
type Success<R> = R extends object
  ? { [S in keyof R & (200 | 201 | 204)]: Json<R[S]> }[keyof R & (200 | 201 | 204)]
  : never

export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Success<R> : never
export type Query<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Q } } ? Q : never
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never

interface Options<P extends keyof paths, M extends Method> {
  id?: string
  /** What stands in the path's other braces. */
  path?: Record<string, string>
  query?: Query<P, M>
  body?: Body<P, M>
  /** A body that is not JSON, such as a file to import. */
  raw?: { type: string; content: BodyInit }
  signal?: AbortSignal
}

/** What the hub refused, as its problem document says; `code` is the stable last part of its type. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter?: number,
  ) {
    super(problem.detail || problem.title)
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.type.split('/').pop() ?? ''
  }
}

/** The hub could not be reached at all. */
export class Unreachable extends Error {}

let csrf = ''
let language = 'zh-CN'
let signedOut: (refusal: Refused) => void = () => {}

export const credentials = {
  setCsrf: (token: string) => (csrf = token),
  setLanguage: (tag: string) => (language = tag),
  /** Called when a call was answered "not signed in" or "change your password first". */
  onSignedOut: (listener: (refusal: Refused) => void) => (signedOut = listener),
}

export function headers(method: string): Record<string, string> {
  return method === 'get' ? { 'Accept-Language': language } : { 'Accept-Language': language, 'X-CSRF': csrf }
}

export function address(path: string, names: Record<string, string> = {}, query?: object): string {
  const filled = path.replace(/\{(\w+)\}/g, (hole, name: string) => encodeURIComponent(names[name] ?? hole))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}

const namesOf = ({ id, path }: { id?: string; path?: Record<string, string> }) =>
  id === undefined ? { ...path } : { ...path, id }

/** Calls the hub; answers the JSON body, or throws {@link Refused} or {@link Unreachable}. */
async function call<P extends keyof paths, M extends Method>(
  method: M,
  path: P,
  options: Options<P, M> = {},
): Promise<Answer<P, M>> {
  const sent: RequestInit = { method: method.toUpperCase(), headers: headers(method), credentials: 'same-origin' }
  if (options.raw) {
    sent.body = options.raw.content
    sent.headers = { ...sent.headers, 'Content-Type': options.raw.type }
  } else if (options.body !== undefined) {
    sent.body = JSON.stringify(options.body)
    sent.headers = { ...sent.headers, 'Content-Type': 'application/json' }
  }
  if (options.signal) sent.signal = options.signal
  let answer: Response
  try {
    answer = await fetch(address(path, namesOf(options), options.query as object | undefined), sent)
  } catch (failure) {
    if (options.signal?.aborted) throw failure
    throw new Unreachable()
  }
  if (!answer.ok) throw refusal(await refusedBy(answer))
  if (answer.status === 204) return undefined as Answer<P, M>
  return (await answer.json()) as Answer<P, M>
}

/** Tells the session when the refusal means that there is none any more. */
export function refusal(refused: Refused): Refused {
  if (refused.code === 'signed-out' || refused.code === 'password-change-needed') signedOut(refused)
  return refused
}

export async function refusedBy(answer: Response): Promise<Refused> {
  const retry = Number(answer.headers.get('Retry-After')) || undefined
  return new Refused(problemOf(await answer.text().catch(() => ''), answer.status, answer.statusText), retry)
}

export function problemOf(text: string, status: number, title: string): Problem {
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.type === 'string') return problem
  } catch {
    // Not a problem document: something between us and the hub answered.
  }
  return {
    type: status === 401 ? '/problems/signed-out' : '/problems/internal',
    title: title || String(status),
    status,
  }
}

export const get = <P extends PathsWith<'get'>>(path: P, options?: Options<P, 'get'>) => call('get', path, options)
export const post = <P extends PathsWith<'post'>>(path: P, options?: Options<P, 'post'>) => call('post', path, options)
export const put = <P extends PathsWith<'put'>>(path: P, options?: Options<P, 'put'>) => call('put', path, options)
export const patch = <P extends PathsWith<'patch'>>(path: P, options?: Options<P, 'patch'>) =>
  call('patch', path, options)
export const remove = <P extends PathsWith<'delete'>>(path: P, options?: Options<P, 'delete'>) =>
  call('delete', path, options)
