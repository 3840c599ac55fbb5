import type { Translation } from '../shared/api/types'

const KNOWN = [
  'missing',
  'added',
  'term',
  'currency',
  'language',
  'length',
  'late',
  'busy',
  'resting',
  'pair',
  'nobody',
  'long',
  'filter',
  'failed',
]

/** Why there is no translation: a word of the texts, and what it is about. */
export function whyNot(translation: Translation): { word: string; about: string } {
  const why = translation.why ?? ''
  const colon = why.indexOf(':')
  const word = colon < 0 ? why : why.slice(0, colon)
  const about = colon < 0 ? '' : why.slice(colon + 1)
  if (!KNOWN.includes(word)) return { word: 'failed', about: '' }
  return word === 'missing' && !about ? { word: 'failed', about: '' } : { word, about }
}
