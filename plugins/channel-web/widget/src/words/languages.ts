import { ar } from './texts/ar'
import { de } from './texts/de'
import { en, type Texts } from './texts/en'
import { es } from './texts/es'
import { fr } from './texts/fr'
import { ja } from './texts/ja'
import { ko } from './texts/ko'
import { pt } from './texts/pt'
import { ru } from './texts/ru'
import { th } from './texts/th'
import { vi } from './texts/vi'
import { zh } from './texts/zh-CN'
import { zhTw } from './texts/zh-TW'

/** The languages that the chat speaks, by their tags. */
export const languages: Record<string, Texts> = {
  'zh-CN': zh,
  'zh-TW': zhTw,
  en,
  ja,
  ko,
  es,
  ar,
  de,
  fr,
  pt,
  ru,
  th,
  vi
}
