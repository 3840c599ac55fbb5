import type { Author, FilePart, MenuPart, Part, Quote } from '../link/frames'
import { UNKNOWN_MESSAGE } from '../link/outbox'
import type { Words } from '../words/words'
import { el, icon } from './dom'
import { segments } from './links'
import type { Shown } from './model'

export interface BubbleActions {
  choose(text: string): void
  retry(cid: string): void
  reply(to: Quote): void
  rate(messageId: string, score: number): void
  show(messageId: string): void
}

/** What is known of a message beside itself. */
export interface Around {
  /** The first of its author in a row. */
  first: boolean
  /** Whether the message it replies to is on the page. */
  quotedHere: boolean
  /** What the visitor gave it; 0 for nothing yet. */
  score: number
}

const HELPFUL = 5
const NOT_HELPFUL = 1

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** Draws one message. What people wrote only ever becomes text nodes. */
export function bubble(shown: Shown, words: Words, tag: string, around: Around, actions: BubbleActions): HTMLElement {
  const { first } = around
  const own = shown.author.kind === 'customer'
  const row = el('div', { class: `row ${own ? 'own' : 'other'} ${shown.author.kind}${first ? ' first' : ''}`, tabindex: '-1' })
  if (shown.author.kind === 'hub') {
    row.append(el('p', { class: 'notice' }, ...shown.parts.map((part) => plain(part, words))))
    return row
  }
  if (!own) row.append(el('span', { class: 'face' }, first && icon(shown.author.kind === 'bot' ? 'bot' : 'person')))
  const column = el('div', { class: 'column' })
  const name = nameOf(shown.author, words)
  column.append(el('span', { class: own || !first ? 'unseen' : 'name' }, name + (own || !first ? ': ' : '')))
  if (shown.replyTo) column.append(quoteView(shown.replyTo, words, around.quotedHere, actions))
  for (const part of shown.parts) column.append(partView(part, words, actions))
  for (const file of shown.files) column.append(el('div', { class: 'bubble file' }, icon('file'), el('span', { class: 'label' }, file.name)))
  column.append(foot(shown, words, tag, around, actions))
  row.append(column)
  return row
}

export function nameOf(author: Author, words: Words): string {
  if (author.kind === 'customer') return words.you
  return author.name || (author.kind === 'agent' ? words.agent : words.bot)
}

function quoteView(quote: Quote, words: Words, here: boolean, actions: BubbleActions): HTMLElement {
  const name = nameOf(quote.author, words)
  const inside = [el('span', { class: 'unseen' }, words.replyingTo(name)), el('b', { 'aria-hidden': 'true' }, name), el('span', { class: 'quoted', dir: 'auto' }, quote.text || words.wordless)]
  if (!here) return el('div', { class: 'quote' }, ...inside)
  const button = el('button', { type: 'button', class: 'quote', title: words.showQuoted }, ...inside)
  button.addEventListener('click', () => actions.show(quote.id))
  return button
}

/** What a reply to this message quotes: its first words, or the name of its file. */
function quoteOf(shown: Shown): Quote {
  const words = shown.parts.map((part) => (part.type === 'text' || part.type === 'menu' ? part.text : part.type === 'file' ? part.name : ''))
  return { id: shown.key, author: shown.author, text: words.find((text) => text !== '') ?? '' }
}

function foot(shown: Shown, words: Words, tag: string, around: Around, actions: BubbleActions): HTMLElement {
  const time = new Date(shown.at)
  const foot = el(
    'div',
    { class: 'foot' },
    el('time', { datetime: time.toISOString() }, time.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit' }))
  )
  if (shown.status === 'held') {
    const again = el('button', { type: 'button', class: 'retry' }, shown.held === UNKNOWN_MESSAGE ? words.replyGone : words.notSent)
    again.addEventListener('click', () => actions.retry(shown.cid))
    foot.append(again)
  } else if (shown.status) {
    foot.append(el('span', { class: `mark ${shown.status}` }, words[shown.status]))
  }
  if (shown.seq === 0) return foot
  if (shown.author.kind === 'bot') {
    foot.append(
      tool('up', words.helpful, () => actions.rate(shown.key, HELPFUL), around.score >= HELPFUL),
      tool('down', words.notHelpful, () => actions.rate(shown.key, NOT_HELPFUL), around.score === NOT_HELPFUL)
    )
  }
  foot.append(tool('reply', words.reply, () => actions.reply(quoteOf(shown))))
  return foot
}

function tool(name: 'up' | 'down' | 'reply', label: string, act: () => void, pressed?: boolean): HTMLElement {
  const state = pressed === undefined ? undefined : String(pressed)
  const button = el('button', { type: 'button', class: `tool ${name}`, 'aria-label': label, title: label, 'aria-pressed': state }, icon(name))
  button.addEventListener('click', act)
  return button
}

function partView(part: Part, words: Words, actions: BubbleActions): HTMLElement {
  switch (part.type) {
    case 'text':
      return el('div', { class: 'bubble', dir: 'auto' }, ...textNodes(part.text))
    case 'file':
      return PICTURES.includes(part.mime) ? picture(part, words) : fileView(part, words)
    case 'menu':
      return menu(part, actions)
    default:
      return el('div', { class: 'bubble odd' }, words.unsupported)
  }
}

function textNodes(text: string): (Node | string)[] {
  return segments(text).map((piece) =>
    piece.href
      ? el('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
      : piece.text
  )
}

function plain(part: Part, words: Words): string {
  return part.type === 'text' || part.type === 'menu' ? part.text : words.unsupported
}

function picture(part: FilePart, words: Words): HTMLElement {
  const image = el('img', { src: ownUrl(part.url), alt: words.picture(part.name), loading: 'lazy', decoding: 'async' })
  image.addEventListener('error', () => image.replaceWith(el('span', { class: 'label' }, part.name)))
  return el('a', { class: 'bubble picture', href: ownUrl(part.url), target: '_blank', rel: 'noopener noreferrer' }, image)
}

function fileView(part: FilePart, words: Words): HTMLElement {
  return el(
    'a',
    { class: 'bubble file', href: ownUrl(part.url), target: '_blank', rel: 'noopener noreferrer', 'aria-label': words.download(part.name) },
    icon('file'),
    el('span', { class: 'label' }, part.name, el('small', {}, size(part.size)))
  )
}

/** A file lies on the hub and nowhere else. */
function ownUrl(url: string): string {
  return url.startsWith('/') && !url.startsWith('//') ? url : 'about:blank'
}

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Buttons that say what is on them. */
export function optionButtons(options: MenuPart['options'], actions: Pick<BubbleActions, 'choose'>): HTMLElement[] {
  return options.map((option) => {
    const button = el('button', { type: 'button', class: 'option' }, option.text)
    button.addEventListener('click', () => actions.choose(option.text))
    return button
  })
}

function menu(part: MenuPart, actions: BubbleActions): HTMLElement {
  const list = el('div', { class: 'options' }, ...optionButtons(part.options, actions))
  return el('div', { class: 'menu' }, el('div', { class: 'bubble', dir: 'auto' }, ...textNodes(part.text)), list)
}
