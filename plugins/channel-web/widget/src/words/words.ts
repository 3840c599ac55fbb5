import type { ButtonTexts } from './button'
import { chosen, isRightToLeft } from './choice'
import { languages } from './languages'
import type { NamedButtonTexts } from './named'
import { en, type Texts } from './texts/en'

/** Every text a visitor reads. */
export interface Words {
  title: string
  greeting: string
  online: string
  away: string
  usually(time: string): string
  hours(hours: string): string
  bot: string
  agent: string
  you: string
  placeholder: string
  send: string
  attach: string
  close: string
  /** The button for a person. */
  human: string
  /** What that button says in the visitor's name: in the usual words, which the hub understands. */
  callHuman: string
  waiting: string
  withAgent(name: string): string
  closed: string
  sending: string
  sent: string
  read: string
  notSent: string
  reply: string
  replyingTo(name: string): string
  cancelReply: string
  replyGone: string
  showQuoted: string
  wordless: string
  helpful: string
  notHelpful: string
  notRated: string
  notThere: string
  typing(name: string): string
  botTyping: string
  offline: string
  connecting: string
  stopped: string
  older: string
  newMessages: string
  today: string
  yesterday: string
  log: string
  unsupported: string
  picture(name: string): string
  download(name: string): string
  uploading(name: string, percent: number): string
  cancelUpload: string
  drop: string
  tooLong(most: number): string
  tooLarge(name: string, megabytes: number): string
  notAllowed(name: string): string
  uploadFailed(name: string): string
  tooManyFiles(most: number): string
  tooManyUploads: string
  rate: string
  stars(count: number): string
  thanks: string
}

/** Puts values where their names stand in braces. */
const filled = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))

/** What the channel's admin put in the place of words, by language; it stands in the page. */
type OwnWords = Record<string, Partial<Texts & NamedButtonTexts>>

function ownWords(): OwnWords {
  const written = typeof document === 'undefined' ? undefined : document.getElementById('own-words')?.textContent
  return written ? (JSON.parse(written) as OwnWords) : {}
}

function worded(texts: Texts, callHuman: string): Words {
  return {
    ...texts,
    callHuman,
    usually: (time) => filled(texts.usually, { time }),
    hours: (hours) => filled(texts.hours, { hours }),
    withAgent: (name) => (name ? filled(texts.withAgent, { name }) : texts.withSomebody),
    replyingTo: (name) => filled(texts.replyingTo, { name }),
    typing: (name) => (name ? filled(texts.typing, { name }) : texts.somebodyTypes),
    picture: (name) => filled(texts.picture, { name }),
    download: (name) => filled(texts.download, { name }),
    uploading: (name, percent) => filled(texts.uploading, { name, percent }),
    tooLong: (most) => filled(texts.tooLong, { most }),
    tooLarge: (name, megabytes) => filled(texts.tooLarge, { name, megabytes }),
    notAllowed: (name) => filled(texts.notAllowed, { name }),
    uploadFailed: (name) => filled(texts.uploadFailed, { name }),
    tooManyFiles: (most) => filled(texts.tooManyFiles, { most }),
    stars: (count) => (count === 1 ? texts.star : filled(texts.stars, { count }))
  }
}

const languageOf = (locale: string) => chosen(locale, Object.keys(languages))

export function wordsFor(locale: string, own: OwnWords = ownWords()): Words {
  const language = languageOf(locale)
  const usual = languages[language] ?? en
  return worded({ ...usual, ...own[language] }, usual.human)
}

/** What an admin put in the place of the button's words in that language. */
export function ownButtonFor(locale: string, own: OwnWords = ownWords()): Partial<ButtonTexts> {
  const { buttonOpen: open, buttonClose: close, buttonTitle: title, buttonUnread: unread } = own[languageOf(locale)] ?? {}
  return { ...(open && { open }), ...(close && { close }), ...(title && { title }), ...(unread && { unread }) }
}

/** Which way the words of a locale run. */
export function directionFor(locale: string): 'ltr' | 'rtl' {
  return isRightToLeft(languageOf(locale)) ? 'rtl' : 'ltr'
}

/** The language tag to format dates with, and to tell the hub. */
export function tagFor(locale: string): string {
  return locale.toLowerCase() === 'zh' ? 'zh-CN' : locale || 'en'
}
