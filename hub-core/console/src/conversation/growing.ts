import type { FeedEvent } from '../shared/api/types'

/** What of the bot's answer can be seen before it is said. */
export interface Growing {
  /** The question that is answered. */
  answer: string
  text: string
  /** What the customer is told meanwhile. */
  words: string
}

/** The answer that the bot is making, if it is; a finished one does not come back, and none is made while a person speaks. */
export class Growth {
  now: Growing | undefined
  private byBot = true
  private readonly answered = new Set<string>()

  /** Who speaks when the conversation is opened. */
  begin(byBot: boolean): void {
    this.byBot = byBot
  }

  drafted(answer: string, text: string): void {
    if (!this.goesOn(answer)) return
    if (text) this.now = { answer, text, words: this.words(answer) }
    else if (this.now?.answer === answer) this.now = undefined
  }

  works(answer: string, on: boolean, words: string): void {
    if (!this.goesOn(answer)) return
    if (on) this.now = { answer, text: this.now?.answer === answer ? this.now.text : '', words }
    else if (this.now?.answer === answer && !this.now.text) this.now = undefined
  }

  take(event: FeedEvent): void {
    if (event.kind === 'state') {
      this.byBot = event.mode === 'bot'
      if (!this.byBot) this.now = undefined
    } else if (event.kind === 'message' && event.message.answers) {
      this.answered.add(event.message.answers)
      if (this.now?.answer === event.message.answers) this.now = undefined
    }
  }

  private goesOn(answer: string): boolean {
    return this.byBot && !this.answered.has(answer)
  }

  private words(answer: string): string {
    return this.now?.answer === answer ? this.now.words : ''
  }
}
