import type { Words } from '../words/words'
import type { Working } from '../link/frames'
import { bubble, optionButtons, type BubbleActions } from './bubble'
import { dayName } from './days'
import { el, icon } from './dom'
import type { Model, Shown } from './model'

export interface LogActions extends BubbleActions {
  older(): Promise<void>
  atEnd(): void
}

const CLOSE_TO_END = 60
const SAME_BREATH = 5 * 60_000

/** The list of messages: redraws only what changed, and stays where the reader is. */
export class Log {
  readonly box = el('div', { class: 'scroll', tabindex: '0' })
  private readonly list = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions' })
  private readonly welcome = el('div', { class: 'welcome' })
  private readonly draft = el('div', { class: 'row other bot first draft', 'aria-hidden': 'true' })
  private readonly draftText = el('div', { class: 'bubble', dir: 'auto' })
  private readonly typing = el('div', { class: 'typing', role: 'status' })
  private readonly work = el('div', { class: 'work' })
  private readonly workText = el('p', { role: 'status' })
  private readonly workOptions = el('div', { class: 'options' })
  private offered = ''
  private readonly olderButton: HTMLButtonElement
  private readonly jump: HTMLButtonElement
  private readonly drawn = new Map<string, { view: HTMLElement; as: string }>()
  private loading = false

  constructor(
    private readonly words: Words,
    private readonly tag: string,
    private readonly actions: LogActions
  ) {
    this.list.setAttribute('aria-label', words.log)
    this.olderButton = el('button', { type: 'button', class: 'older' }, words.older)
    this.olderButton.hidden = true
    this.olderButton.addEventListener('click', () => void this.older())
    this.draft.append(el('span', { class: 'face' }, icon('bot')), el('div', { class: 'column' }, el('span', { class: 'name' }, words.bot), this.draftText))
    this.draft.hidden = true
    this.typing.hidden = true
    this.work.append(this.workText, this.workOptions)
    this.work.hidden = true
    this.jump = el('button', { type: 'button', class: 'jump' }, words.newMessages, icon('close'))
    this.jump.hidden = true
    this.jump.addEventListener('click', () => this.toEnd())
    this.box.append(this.welcome, this.olderButton, this.list, this.draft, this.work, this.typing, this.jump)
    this.box.addEventListener('scroll', () => {
      // Only the reader leaves the end; a box that shrank or a list that grew did not.
      if (this.isAtEnd()) this.stay = true
      else if (this.box.scrollTop < this.top - 1) this.stay = false
      this.top = this.box.scrollTop
      if (this.stay) {
        this.jump.hidden = true
        this.actions.atEnd()
      }
      if (this.box.scrollTop < 40 && !this.olderButton.hidden) void this.older()
    })
    // A picture that has come grows the list.
    this.list.addEventListener('load', () => this.stay && this.toEnd(), true)
    new ResizeObserver(() => this.stay && this.toEnd()).observe(this.box)
  }

  private stay = true
  private top = 0

  greet(text: string): void {
    this.welcome.replaceChildren(el('span', { class: 'face big' }, icon('bot')), el('p', {}, text))
  }

  isAtEnd(): boolean {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < CLOSE_TO_END
  }

  toEnd(): void {
    this.box.scrollTop = this.box.scrollHeight
    this.jump.hidden = true
  }

  /** Draws the model as it is now. */
  show(model: Model, now: number, jumpToEnd = false): void {
    const wasAtEnd = this.stay || jumpToEnd
    const before = this.drawn.size
    const views: HTMLElement[] = []
    const seen = new Set<string>()
    let last: Shown | undefined
    for (const shown of model.messages()) {
      if (!last || !sameDay(last.at, shown.at)) {
        views.push(this.keep('day:' + new Date(shown.at).toDateString(), seen, dayName(shown.at, now, this.words, this.tag), (text) => el('div', { class: 'day', role: 'separator' }, el('span', {}, text))))
      }
      const first = !last || who(last) !== who(shown) || shown.at - last.at > SAME_BREATH || !sameDay(last.at, shown.at)
      const around = { first, quotedHere: model.has(shown.replyTo?.id ?? ''), score: model.scoreOf(shown.key) }
      const as = JSON.stringify([shown.parts, shown.status, shown.seq > 0, around, shown.author, shown.files, shown.replyTo, shown.held])
      views.push(this.keep(shown.key, seen, as, () => bubble(shown, this.words, this.tag, around, this.actions)))
      last = shown
    }
    for (const key of [...this.drawn.keys()]) if (!seen.has(key)) this.drawn.delete(key)
    this.place(views)
    this.olderButton.hidden = model.firstSeq <= 1 || this.loading
    this.welcome.hidden = model.firstSeq > 1
    this.draft.hidden = !model.draft
    if (model.draft) this.draftText.textContent = model.draft.text
    this.showWork(model.work)
    this.stay = wasAtEnd
    if (wasAtEnd) this.toEnd()
    else if (this.drawn.size > before && last?.author.kind !== 'customer') this.jump.hidden = false
  }

  private showWork(work: Working | undefined): void {
    this.work.hidden = !work?.text
    const text = work?.text ?? ''
    if (this.workText.textContent !== text) this.workText.textContent = text
    const options = work?.options ?? []
    const offered = JSON.stringify(options)
    if (offered === this.offered) return
    this.offered = offered
    this.workOptions.replaceChildren(...optionButtons(options, this.actions))
  }

  /** Brings a message into sight and to the reader's notice. */
  point(messageId: string): void {
    const view = this.drawn.get(messageId)?.view
    view?.scrollIntoView({ block: 'center' })
    view?.focus({ preventScroll: true })
  }

  typer(text: string): void {
    const wasAtEnd = this.isAtEnd()
    this.typing.hidden = text === ''
    this.typing.replaceChildren(...(text ? [el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')), text] : []))
    if (wasAtEnd) this.toEnd()
  }

  private keep(key: string, seen: Set<string>, as: string, make: (as: string) => HTMLElement): HTMLElement {
    seen.add(key)
    const known = this.drawn.get(key)
    if (known?.as === as) return known.view
    const view = make(as)
    this.drawn.set(key, { view, as })
    return view
  }

  /** Moves as little as possible, so that a screen reader hears of what is new only. */
  private place(views: HTMLElement[]): void {
    const wanted = new Set<Node>(views)
    for (const child of [...this.list.childNodes]) if (!wanted.has(child)) child.remove()
    let next: ChildNode | null = this.list.firstChild
    for (const view of views) {
      if (view === next) next = next.nextSibling
      else this.list.insertBefore(view, next)
    }
  }

  private async older(): Promise<void> {
    if (this.loading) return
    this.loading = true
    this.olderButton.hidden = true
    const fromEnd = this.box.scrollHeight - this.box.scrollTop
    try {
      await this.actions.older()
    } finally {
      this.loading = false
      this.box.scrollTop = this.box.scrollHeight - fromEnd
    }
  }
}

function who(shown: Shown): string {
  return shown.author.kind + ':' + (shown.author.name ?? '')
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}
