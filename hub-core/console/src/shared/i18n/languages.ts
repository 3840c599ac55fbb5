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

const RIGHT_TO_LEFT = ['ar']

/** Which way it is written; what its fields say in `dir`. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.includes(tag) ? 'rtl' : 'ltr')
