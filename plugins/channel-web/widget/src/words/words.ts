import { en } from './en'
import { zh } from './zh'

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
  /** The button, and what it says in the visitor's name. */
  human: string
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

export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('zh') ? zh : en
}

/** The language tag to format dates with, and to tell the hub. */
export function tagFor(locale: string): string {
  return locale.toLowerCase() === 'zh' ? 'zh-CN' : locale || 'en'
}
