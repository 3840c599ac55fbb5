/** Chinese as it is written in Taiwan, Hong Kong and Macau. */
const TRADITIONAL = /^zh[-_](?:hant|tw|hk|mo)/i

/** Of the languages there are, the one for a locale; English where there is none. */
export function chosen(locale: string, tags: readonly string[]): string {
  if (/^zh/i.test(locale)) return TRADITIONAL.test(locale) ? 'zh-TW' : 'zh-CN'
  const language = locale.toLowerCase().split(/[-_]/)[0]
  return tags.find((tag) => tag === language) ?? 'en'
}

export const isRightToLeft = (tag: string) => tag === 'ar'
