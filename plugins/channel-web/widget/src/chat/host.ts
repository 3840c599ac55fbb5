import type { ButtonTexts } from '../words/button'

/** What the site's page may ask, and what it hears. */
export type FromHost =
  | { hubChat: 1; do: 'open' | 'close' | 'logout' }
  | { hubChat: 1; do: 'identify'; jwt: string }

export type ToHost =
  | { hubChat: 1; is: 'ready'; button: Partial<ButtonTexts> }
  | { hubChat: 1; is: 'close' }
  | { hubChat: 1; is: 'unread'; count: number }
  | { hubChat: 1; is: 'event'; name: string; detail: unknown }

/** The page around the iframe; only its window and its origin are listened to and spoken to. */
export class Host {
  private readonly origin: string | undefined

  constructor(search: URLSearchParams, onMessage: (message: FromHost) => void) {
    const ancestors = (location as { ancestorOrigins?: DOMStringList }).ancestorOrigins
    this.origin = window.parent === window ? undefined : (ancestors?.[0] ?? originOf(search.get('host') ?? ''))
    window.addEventListener('message', (e: MessageEvent<unknown>) => {
      if (!this.origin || e.origin !== this.origin || e.source !== window.parent) return
      const message = e.data as FromHost | null
      if (typeof message === 'object' && message?.hubChat === 1) onMessage(message)
    })
  }

  get isThere(): boolean {
    return this.origin !== undefined
  }

  tell(message: ToHost): void {
    if (this.origin) window.parent.postMessage(message, this.origin)
  }
}

function originOf(url: string): string | undefined {
  try {
    const { origin, protocol } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined
  } catch {
    return undefined
  }
}
