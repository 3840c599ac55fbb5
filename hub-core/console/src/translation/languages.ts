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

/** The same language, whatever its region or script. */
export const sameLanguage = (one: string, other: string): boolean => one.split('-')[0] === other.split('-')[0]
