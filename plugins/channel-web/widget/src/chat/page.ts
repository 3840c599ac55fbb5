import type { Config } from '../link/api'
import type { LinkState } from '../link/connection'
import { directionFor, tagFor, type Words } from '../words/words'
import type { Composer } from './composer'
import { paint } from './colours'
import { el, icon } from './dom'
import type { Log } from './log'
import type { Model } from './model'

export interface PageActions {
  close(): void
  human(): void
  rate(score: number): Promise<void>
}

/** Puts the pieces of the page in their places and shows how things stand. */
export class Page {
  readonly root = el('main', { class: 'page' })
  private readonly title = el('h1', {})
  private readonly subtitle = el('p', {})
  private readonly state = el('div', { class: 'state', role: 'status' })
  private readonly link = el('div', { class: 'link', role: 'alert' })
  private readonly problem = el('div', { class: 'problem', role: 'alert' })
  private readonly human: HTMLButtonElement
  private readonly rating = el('div', { class: 'rating', role: 'group' })
  private config: Config | undefined
  private problemTimer: ReturnType<typeof setTimeout> | undefined
  private rated = ''

  constructor(
    private readonly words: Words,
    locale: string,
    log: Log,
    composer: Composer,
    embedded: boolean,
    /** The site's own choice, which comes before the channel's. */
    private readonly color: string,
    private readonly actions: PageActions
  ) {
    document.documentElement.lang = tagFor(locale)
    document.documentElement.dir = directionFor(locale)
    this.human = el('button', { type: 'button', class: 'human' }, icon('person'), words.human)
    this.human.addEventListener('click', () => actions.human())
    const close = el('button', { type: 'button', class: 'close', 'aria-label': words.close, title: words.close }, icon('close'))
    close.hidden = !embedded
    close.addEventListener('click', () => actions.close())
    for (const hidden of [this.state, this.link, this.problem, this.rating]) hidden.hidden = true
    this.root.dataset.drop = words.drop
    this.root.append(
      el('header', {}, el('span', { class: 'face mark' }, icon('bot')), el('div', { class: 'titles' }, this.title, this.subtitle), close),
      this.link,
      this.state,
      log.box,
      this.rating,
      this.problem,
      el('footer', {}, el('div', { class: 'chips' }, this.human), composer.form)
    )
    paint(document.documentElement, color)
    this.heading()
  }

  configure(config: Config): void {
    this.config = config
    paint(document.documentElement, this.color || config.color)
    this.heading()
  }

  private heading(): void {
    const { words, config } = this
    this.title.textContent = config?.title || words.title
    document.title = config?.title || words.title
    const availability = config?.availability
    const pieces = !availability
      ? []
      : availability.state === 'online'
        ? [words.online, availability.replyTime && words.usually(availability.replyTime)]
        : [words.away, availability.hours && words.hours(availability.hours)]
    this.subtitle.textContent = pieces.filter(Boolean).join(' · ')
    this.root.classList.toggle('online', availability?.state === 'online')
  }

  show(model: Model, conversation: string): void {
    const { words } = this
    const text = {
      bot: '',
      waiting_for_agent: words.waiting,
      with_agent: words.withAgent(model.agent),
      closed: words.closed
    }[model.state]
    if (this.state.textContent !== text) this.state.textContent = text
    this.state.hidden = text === ''
    this.state.dataset.state = model.state
    this.human.hidden = model.state === 'waiting_for_agent' || model.state === 'with_agent'
    this.showRating(model.state === 'closed' && conversation !== '' && this.rated !== conversation, conversation)
  }

  private showRating(wanted: boolean, conversation: string): void {
    if (!wanted) {
      if (this.rated !== conversation) this.rating.hidden = true
      return
    }
    if (!this.rating.hidden) return
    this.rating.hidden = false
    this.rating.setAttribute('aria-label', this.words.rate)
    const stars = el('div', { class: 'stars' })
    for (let score = 1; score <= 5; score++) {
      const star = el('button', { type: 'button', 'aria-label': this.words.stars(score), title: this.words.stars(score) }, icon('star'))
      star.addEventListener('click', () => {
        this.rated = conversation
        void this.actions.rate(score)
        this.rating.replaceChildren(el('p', {}, this.words.thanks))
        setTimeout(() => (this.rating.hidden = true), 3_000)
      })
      stars.append(star)
    }
    this.rating.replaceChildren(el('p', {}, this.words.rate), stars)
  }

  linked(state: LinkState): void {
    this.root.dataset.link = state
    // Still away, only trying again.
    if (state === 'connecting') return
    const text = state === 'offline' ? this.words.offline : state === 'stopped' ? this.words.stopped : ''
    this.link.textContent = text
    this.link.hidden = text === ''
  }

  complain(text: string): void {
    clearTimeout(this.problemTimer)
    this.problem.textContent = text
    this.problem.hidden = false
    this.problemTimer = setTimeout(() => (this.problem.hidden = true), 6_000)
  }
}
