import { Refused, type Api, type Config } from '../link/api'
import type { Quote, SentPart } from '../link/frames'
import type { SentFile } from '../link/outbox'
import type { Box } from '../link/storage'
import type { Words } from '../words/words'
import { el, icon } from './dom'

export interface ComposerActions {
  send(parts: SentPart[], files: SentFile[], replyTo?: Quote): void
  typing(on: boolean): void
  problem(text: string): void
}

const TYPING_AGAIN = 3_000
const DRAFT = 'draft'

/** Where the visitor writes: text, files by button, paste and drag. What is half written survives a reload. */
export class Composer {
  readonly form = el('form', { class: 'composer' })
  readonly input: HTMLTextAreaElement
  private readonly uploads = el('div', { class: 'uploads', role: 'status' })
  private readonly quoting = el('div', { class: 'quoting', role: 'status' })
  private replyTo: Quote | undefined
  private readonly button: HTMLButtonElement
  private typedAt = 0
  private limits: Config['limits'] = { text: 4000, file: 20 * 1024 * 1024, files: 10 }

  constructor(
    private readonly words: Words,
    private readonly api: Api,
    private readonly box: Box,
    private readonly ready: () => Promise<void>,
    private readonly actions: ComposerActions
  ) {
    this.input = el('textarea', { rows: '1', placeholder: words.placeholder, 'aria-label': words.placeholder, dir: 'auto', enterkeyhint: 'send' })
    this.input.value = box.read(DRAFT) ?? ''
    this.button = el('button', { type: 'submit', class: 'send', 'aria-label': words.send, title: words.send }, icon('send'))
    const picker = el('input', { type: 'file', multiple: '', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' })
    const attach = el('button', { type: 'button', class: 'attach', 'aria-label': words.attach, title: words.attach }, icon('attach'))
    attach.addEventListener('click', () => picker.click())
    picker.addEventListener('change', () => {
      void this.files([...(picker.files ?? [])])
      picker.value = ''
    })
    this.quoting.hidden = true
    this.form.append(this.uploads, this.quoting, el('div', { class: 'line' }, attach, picker, this.input, this.button))
    this.listen()
    this.button.disabled = this.input.value.trim() === ''
  }

  limit(limits: Config['limits']): void {
    this.limits = limits
  }

  /** The next message replies to this one. */
  reply(to: Quote, name: string): void {
    const cancel = el('button', { type: 'button', 'aria-label': this.words.cancelReply, title: this.words.cancelReply }, '×')
    cancel.addEventListener('click', () => this.replies())
    this.replyTo = to
    this.quoting.replaceChildren(el('div', { class: 'quote' }, el('b', {}, this.words.replyingTo(name)), el('span', { class: 'quoted', dir: 'auto' }, to.text || this.words.wordless)), cancel)
    this.quoting.hidden = false
    this.input.focus()
  }

  /** What the next message replies to, which is none from now on. */
  private replies(): Quote | undefined {
    const to = this.replyTo
    this.replyTo = undefined
    this.quoting.hidden = true
    this.quoting.replaceChildren()
    return to
  }

  private listen(): void {
    this.form.addEventListener('submit', (e) => {
      e.preventDefault()
      this.submit()
    })
    this.input.addEventListener('input', () => this.changed())
    this.input.addEventListener('blur', () => this.rest())
    this.form.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || e.isComposing || !this.replyTo) return
      e.stopPropagation()
      this.replies()
      this.input.focus()
    })
    this.input.addEventListener('keydown', (e) => {
      // Enter that ends a word being composed is not the end of the message.
      if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return
      e.preventDefault()
      this.submit()
    })
    this.input.addEventListener('paste', (e) => {
      const files = [...(e.clipboardData?.files ?? [])]
      if (files.length === 0) return
      e.preventDefault()
      void this.files(files)
    })
  }

  /** The page is in the document: what needs its measures or its events begins. */
  begin(page: HTMLElement): void {
    this.grow()
    this.takeDrops(page)
  }

  /** Lets files be dropped anywhere on the page. */
  private takeDrops(page: HTMLElement): void {
    const over = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false
    page.addEventListener('dragover', (e) => {
      if (!over(e)) return
      e.preventDefault()
      page.classList.add('dropping')
    })
    page.addEventListener('dragleave', (e) => {
      if (!page.contains(e.relatedTarget as Node | null)) page.classList.remove('dropping')
    })
    page.addEventListener('drop', (e) => {
      page.classList.remove('dropping')
      if (!over(e)) return
      e.preventDefault()
      void this.files([...(e.dataTransfer?.files ?? [])])
    })
  }

  private changed(): void {
    this.grow()
    this.box.write(DRAFT, this.input.value)
    if (this.input.value.trim() === '') return this.rest()
    const now = Date.now()
    if (now - this.typedAt < TYPING_AGAIN) return
    this.typedAt = now
    this.actions.typing(true)
  }

  private rest(): void {
    if (this.typedAt === 0) return
    this.typedAt = 0
    this.actions.typing(false)
  }

  private grow(): void {
    this.input.style.height = 'auto'
    this.input.style.height = Math.min(this.input.scrollHeight, 132) + 'px'
    this.button.disabled = this.input.value.trim() === ''
  }

  private submit(): void {
    const text = this.input.value.trim()
    if (text === '') return
    if ([...text].length > this.limits.text) return this.actions.problem(this.words.tooLong(this.limits.text))
    this.input.value = ''
    this.box.remove(DRAFT)
    this.typedAt = 0
    this.grow()
    this.actions.send([{ type: 'text', text }], [], this.replies())
  }

  private async files(files: File[]): Promise<void> {
    if (files.length > this.limits.files) return this.actions.problem(this.words.tooManyFiles(this.limits.files))
    for (const file of files) await this.upload(file)
  }

  private async upload(file: File): Promise<void> {
    const name = file.name || 'image.png'
    if (file.size > this.limits.file) {
      return this.actions.problem(this.words.tooLarge(name, Math.round(this.limits.file / 1024 / 1024)))
    }
    const bar = el('progress', { max: '100', value: '0' })
    const label = el('span', {}, this.words.uploading(name, 0))
    const cancel = el('button', { type: 'button', 'aria-label': this.words.cancelUpload, title: this.words.cancelUpload }, '×')
    const line = el('div', { class: 'upload' }, label, bar, cancel)
    this.uploads.append(line)
    try {
      await this.ready()
      const { done, abort } = this.api.upload(file, name, (share) => {
        const percent = Math.round(share * 100)
        bar.value = percent
        label.textContent = this.words.uploading(name, percent)
      })
      cancel.addEventListener('click', abort)
      const { uploadId } = await done
      this.actions.send([{ type: 'file', uploadId }], [{ name, mime: file.type, size: file.size }], this.replies())
    } catch (e) {
      if (cancel.isConnected) this.actions.problem(this.problem(e, name))
    } finally {
      line.remove()
    }
  }

  private problem(e: unknown, name: string): string {
    if (!(e instanceof Refused)) return this.words.uploadFailed(name)
    switch (e.status) {
      case 413:
        return this.words.tooLarge(name, Math.round(this.limits.file / 1024 / 1024))
      case 415:
        return this.words.notAllowed(name)
      case 429:
        return this.words.tooManyUploads
      default:
        return this.words.uploadFailed(name)
    }
  }
}
