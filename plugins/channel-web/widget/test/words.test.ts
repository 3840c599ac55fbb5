import { describe, expect, it } from 'vitest'
import { button } from '../src/words/button'
import { languages } from '../src/words/languages'
import { namedTexts } from '../src/words/named'
import { directionFor, ownButtonFor, wordsFor } from '../src/words/words'
import { en } from '../src/words/texts/en'

const TAGS = ['zh-CN', 'zh-TW', 'en', 'ja', 'ko', 'es', 'ar', 'de', 'fr', 'pt', 'ru', 'th', 'vi']
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort()

describe('the words of the chat', () => {
  it('are there in every language', () => {
    expect(Object.keys(languages)).toEqual(TAGS)
    expect(Object.keys(button)).toEqual(TAGS)
  })

  it.each(TAGS)('have every key and the same placeholders in %s', (tag) => {
    const texts = languages[tag]!
    expect(Object.keys(texts)).toEqual(Object.keys(en))
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(texts[key].trim(), key).not.toBe('')
      expect(holes(texts[key]), key).toEqual(holes(en[key]))
    }
    for (const key of ['open', 'close', 'title', 'unread'] as const) {
      expect(button[tag]![key].trim(), key).not.toBe('')
      expect(holes(button[tag]![key])).toEqual(holes(button.en![key]))
    }
  })

  it.each(TAGS.filter((tag) => tag !== 'en'))('are not left in English in %s', (tag) => {
    // A single word may be the same: "Assistant" is French, too.
    const same = (Object.keys(en) as (keyof typeof en)[]).filter(
      (key) => en[key].includes(' ') && languages[tag]![key] === en[key]
    )
    expect(same).toEqual([])
  })

  it('are chosen by the locale, and English where there are none', () => {
    expect(wordsFor('zh').send).toBe('发送')
    expect(wordsFor('zh-Hant-HK').send).toBe('傳送')
    expect(wordsFor('zh_TW').send).toBe('傳送')
    expect(wordsFor('pt-BR').send).toBe('Enviar')
    expect(wordsFor('DE').send).toBe('Senden')
    expect(wordsFor('sw').send).toBe('Send')
    expect(wordsFor('').send).toBe('Send')
    expect(directionFor('ar-EG')).toBe('rtl')
    expect(directionFor('fa')).toBe('ltr')
  })

  it('are an admin’s own where there are some, and a person is called in words the hub understands', () => {
    const words = wordsFor('de-AT', { de: { human: 'Wirt rufen', tooLong: 'Höchstens {most}!' }, en: { send: 'Go' } })
    expect(words.human).toBe('Wirt rufen')
    expect(words.callHuman).toBe('Mit einem Menschen sprechen')
    expect(words.tooLong(9)).toBe('Höchstens 9!')
    expect(words.send).toBe('Senden')
  })

  it('are an admin’s own on the button, too', () => {
    const own = { de: { buttonOpen: 'Frag uns', send: 'Los' }, en: { buttonClose: 'Shut it' } }
    expect(ownButtonFor('de-AT', own)).toEqual({ open: 'Frag uns' })
    expect(ownButtonFor('en', own)).toEqual({ close: 'Shut it' })
    expect(ownButtonFor('ja', own)).toEqual({})
  })

  it('have a name each, under which an admin finds them', () => {
    expect(Object.keys(namedTexts)).toEqual(TAGS)
    for (const tag of TAGS) {
      expect(Object.keys(namedTexts[tag]!)).toEqual([
        ...['buttonOpen', 'buttonClose', 'buttonTitle', 'buttonUnread'],
        ...Object.keys(en)
      ])
      expect(namedTexts[tag]).toMatchObject({ ...languages[tag], buttonOpen: button[tag]!.open })
    }
  })

  it('are filled in, whatever a name holds', () => {
    expect(wordsFor('ru').tooLarge('{name}', 5)).toBe('Файл «{name}» больше 5 МБ, его нельзя отправить')
    expect(wordsFor('ja').withAgent('')).toBe('担当者が対応しています')
    expect(wordsFor('ja').withAgent('李')).toBe('李 が対応しています')
    expect(wordsFor('fr').stars(1)).toBe('1 étoile')
    expect(wordsFor('fr').stars(4)).toBe('4 étoiles')
  })
})
