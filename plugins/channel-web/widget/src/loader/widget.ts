/**
 * Puts the chat on a site: a button, and an iframe from the hub in which the chat lives. Nothing secret comes here; the
 * two talk by messages whose origin and window are checked on both sides.
 *
 * <script async src="https://hub.example/widget.js" data-channel="wk_…"></script>
 */
import { button, type ButtonTexts } from '../words/button'
import { chosen } from '../words/choice'

/** What the page inside says; see `ToHost` there. */
interface FromFrame {
  hubChat?: number
  is?: string
  button?: Partial<ButtonTexts>
  count?: number
  name?: string
  detail?: unknown
}

type Handler = (detail: unknown) => void

interface HubChat {
  open(): void
  close(): void
  identify(jwt: string): void
  logout(): void
  on(event: string, handler: Handler): () => void
}

const STYLE = `
:host{all:initial}
button{all:unset;box-sizing:border-box;position:fixed;bottom:calc(20px + env(safe-area-inset-bottom));width:60px;height:60px;border-radius:50%;
background:var(--c);color:var(--t);cursor:pointer;display:grid;place-items:center;box-shadow:0 6px 20px rgb(0 0 0/.22);z-index:2147483000;transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{width:28px;height:28px;fill:currentColor}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#d92d20;color:#fff;
font:600 12px/22px system-ui,sans-serif;text-align:center}
.badge[hidden]{display:none}
iframe{position:fixed;bottom:calc(92px + env(safe-area-inset-bottom));width:392px;height:min(660px,calc(100vh - 116px));border:0;border-radius:18px;
box-shadow:0 12px 48px rgb(0 0 0/.26);z-index:2147483001;background:transparent;color-scheme:normal;transition:opacity .16s,transform .16s,visibility .16s}
iframe.shut{visibility:hidden;opacity:0;transform:translateY(12px);pointer-events:none}
.right button,.right iframe{right:20px}
.left button,.left iframe{left:20px}
@media (max-width:480px){iframe{inset:0!important;width:100vw;height:100vh;height:100dvh;border-radius:0}.open button{display:none}}
@media (prefers-reduced-motion:reduce){button,iframe{transition:none}button:hover{transform:none}}
`

const BUBBLE = 'M12 3c5.5 0 9.5 3.6 9.5 8.2S17.5 19.4 12 19.4c-1 0-2-.1-2.9-.35L4.3 21.3l.9-3.900C3.5 15.9 2.5 13.7 2.5 11.200 2.5 6.6 6.500 3 12 3z'
const DOWN = 'M6.7 8.3 12 13.600l5.3-5.3 1.4 1.4-6.7 6.7-6.7-6.7z'

class Widget implements HubChat {
  private readonly origin: string
  private readonly texts: ButtonTexts
  private readonly wrap = document.createElement('div')
  private readonly button = document.createElement('button')
  private readonly path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  private readonly badge = document.createElement('span')
  private readonly frame = document.createElement('iframe')
  private readonly handlers = new Map<string, Set<Handler>>()
  private waiting: object[] = []
  private ready = false
  private isOpen = false
  private unread = 0
  private overflow = ''

  constructor(script: HTMLScriptElement) {
    this.origin = new URL(script.src).origin
    const data = script.dataset
    const locale = data.locale || document.documentElement.lang || navigator.language || 'en'
    this.texts = { ...button[chosen(locale, Object.keys(button))]! }
    this.frame.title = this.texts.title
    this.frame.className = 'shut'
    this.frame.tabIndex = -1
    this.frame.src =
      `${this.origin}/widget/1/${encodeURIComponent(data.channel ?? '')}/frame` +
      `?locale=${encodeURIComponent(locale)}&host=${encodeURIComponent(location.origin)}` +
      (data.color ? `&color=${encodeURIComponent(data.color)}` : '')
    this.draw(data.color, data.position === 'left' ? 'left' : 'right')
    addEventListener('message', (e) => this.hear(e))
    addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && this.isOpen && !e.defaultPrevented) this.close()
    })
  }

  private draw(color: string | undefined, side: string): void {
    const host = document.createElement('div')
    host.id = 'hub-chat'
    const shadow = host.attachShadow({ mode: 'closed' })
    // A constructed sheet needs no leave from the site's content policy.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    shadow.adoptedStyleSheets = [sheet]
    const accent = /^#[0-9a-f]{6}$/i.test(color ?? '') ? color! : '#0f766e'
    this.wrap.style.setProperty('--c', accent)
    this.wrap.style.setProperty('--t', isLight(accent) ? '#10201d' : '#fff')
    this.wrap.className = side
    this.button.type = 'button'
    this.button.setAttribute('aria-haspopup', 'dialog')
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.setAttribute('viewBox', '0 0 24 24')
    svg.setAttribute('aria-hidden', 'true')
    svg.append(this.path)
    this.badge.className = 'badge'
    this.badge.setAttribute('aria-hidden', 'true')
    this.button.append(svg, this.badge)
    this.button.addEventListener('click', () => (this.isOpen ? this.close() : this.open()))
    this.wrap.append(this.button)
    shadow.append(this.wrap)
    document.body.append(host)
    this.label()
    // The page comes first; the chat loads when there is nothing else to do.
    const idle = (globalThis as { requestIdleCallback?: (work: () => void, o: object) => void }).requestIdleCallback
    if (idle) idle(() => this.load(), { timeout: 4000 })
    else setTimeout(() => this.load(), 1500)
  }

  private load(): void {
    if (!this.frame.isConnected) this.wrap.append(this.frame)
  }

  open(): void {
    if (this.isOpen) return
    this.load()
    this.isOpen = true
    this.frame.className = ''
    this.frame.removeAttribute('tabindex')
    this.wrap.classList.add('open')
    if (matchMedia('(max-width:480px)').matches) {
      this.overflow = document.documentElement.style.overflow
      document.documentElement.style.overflow = 'hidden'
    }
    this.label()
    this.tell({ do: 'open' })
    this.frame.focus()
    this.emit('open', {})
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.frame.className = 'shut'
    this.frame.tabIndex = -1
    this.wrap.classList.remove('open')
    document.documentElement.style.overflow = this.overflow
    this.label()
    this.tell({ do: 'close' })
    this.button.focus()
    this.emit('close', {})
  }

  identify(jwt: string): void {
    this.load()
    this.tell({ do: 'identify', jwt })
  }

  logout(): void {
    this.load()
    this.tell({ do: 'logout' })
  }

  on(event: string, handler: Handler): () => void {
    const all = this.handlers.get(event) ?? new Set()
    this.handlers.set(event, all.add(handler))
    return () => void all.delete(handler)
  }

  private emit(event: string, detail: unknown): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      try {
        handler(detail)
      } catch (e) {
        console.error(e)
      }
    }
  }

  /** What is told before the page inside is ready waits for it. */
  private tell(message: object): void {
    if (this.ready) this.frame.contentWindow?.postMessage({ hubChat: 1, ...message }, this.origin)
    else this.waiting.push(message)
  }

  private hear(e: MessageEvent): void {
    if (e.origin !== this.origin || !e.source || e.source !== this.frame.contentWindow) return
    const message = e.data as FromFrame | null
    if (!message || message.hubChat !== 1) return
    if (message.is === 'ready') {
      this.ready = true
      this.reword(message.button)
      for (const one of this.waiting.splice(0)) this.tell(one)
      this.emit('ready', {})
    } else if (message.is === 'close') {
      this.close()
    } else if (message.is === 'unread' && message.count !== this.unread) {
      this.unread = Number(message.count) || 0
      this.label()
      this.emit('unread', { count: this.unread })
    } else if (message.is === 'event' && typeof message.name === 'string') {
      this.emit(message.name, message.detail)
    }
  }

  /** Takes the words that the channel's admin gave the button, which come with the page inside. */
  private reword(own: Partial<ButtonTexts> | undefined): void {
    Object.assign(this.texts, own)
    this.frame.title = this.texts.title
    this.label()
  }

  private label(): void {
    this.path.setAttribute('d', this.isOpen ? DOWN : BUBBLE)
    this.button.setAttribute('aria-expanded', String(this.isOpen))
    const some = this.unread > 0 && !this.isOpen
    this.button.setAttribute('aria-label', (this.isOpen ? this.texts.close : this.texts.open) + (some ? this.texts.unread.replace('{n}', String(this.unread)) : ''))
    this.badge.hidden = !some
    this.badge.textContent = this.unread > 99 ? '99+' : String(this.unread)
  }
}

function isLight(color: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
  return 0.3 * r + 0.59 * g + 0.11 * b > 160
}

const script = document.currentScript
if (script instanceof HTMLScriptElement && script.dataset.channel && !('hubChat' in globalThis)) {
  const start = () => {
    ;(globalThis as { hubChat?: HubChat }).hubChat = new Widget(script)
    dispatchEvent(new Event('hubchat:ready'))
  }
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)
}
