import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { credentials } from '../api/http'
import { remembered } from '../remembered'

export type Locale = 'zh' | 'en'
type Texts = Record<string, unknown>

/** Each room's texts under the room's name: `inbox/texts/zh.json` holds what `inbox.…` says in Chinese. */
function byRoom(files: Record<string, { default: Texts }>): Texts {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path.split('/').at(-3), file.default]))
}

const chosen = remembered<Locale | ''>('language', '')
const first: Locale = chosen.value || (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')

export const i18n = createI18n({
  legacy: false,
  locale: first,
  fallbackLocale: 'en',
  missing: (locale, key) => console.error(`There is no text "${key}" in ${locale}.`),
  messages: {
    zh: byRoom(import.meta.glob('../../**/texts/zh.json', { eager: true })) as never,
    en: byRoom(import.meta.glob('../../**/texts/en.json', { eager: true })) as never,
  },
})

export const languageTag = (locale: string) => (locale === 'zh' ? 'zh-CN' : 'en')

function apply(locale: Locale): void {
  i18n.global.locale.value = locale
  document.documentElement.lang = languageTag(locale)
  credentials.setLanguage(languageTag(locale))
}

export const isChosen = () => chosen.value !== ''

/** Speaks this language from now on; remembered only when somebody chose it. */
export function speak(locale: Locale, remember = true): void {
  if (remember) chosen.value = locale
  apply(locale)
}

apply(first)
// Chosen in another tab, it counts here too.
watch(chosen, (now) => {
  if (now && now !== i18n.global.locale.value) apply(now)
})
