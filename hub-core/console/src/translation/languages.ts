/** What is offered to choose from; any other tag may be written. */
export const OFFERED = [
  'zh-CN',
  'zh-TW',
  'en',
  'ja',
  'ko',
  'es',
  'ar',
  'de',
  'fr',
  'pt',
  'ru',
  'th',
  'vi',
  'it',
  'nl',
  'id',
  'tr',
  'pl',
  'hi',
] as const

/** People tell the two by how they are written, not by where. */
const WRITTEN: Partial<Record<string, string>> = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant' }

/** What a language is called by who reads this one; its tag where nobody knows it. */
export function languageName(tag: string, reads: string): string {
  try {
    return new Intl.DisplayNames([reads], { type: 'language' }).of(WRITTEN[tag] ?? tag) ?? tag
  } catch {
    return tag
  }
}

/** The same language, whatever its region or script. */
export const sameLanguage = (one: string, other: string): boolean => one.split('-')[0] === other.split('-')[0]
