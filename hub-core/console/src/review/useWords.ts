import { useI18n } from 'vue-i18n'
import type { Held, Summary, WhyHeld } from '../shared/api/types'

/** How the review queue puts things. */
export function useWords() {
  const { t, te } = useI18n()
  const conversationText = (room: string, name: string) =>
    te(`conversation.trace.${room}.${name}`) ? t(`conversation.trace.${room}.${name}`) : name
  return {
    filterName: (key: string) => conversationText('filterNames', key),
    /** The hub's own reasons in the reader's language, a plugin's as it gave them. */
    reason(why: WhyHeld): string {
      const key = `conversation.trace.reasons.${why.code}`
      return why.code && te(key) ? t(key, { about: why.about ?? '' }) : (why.reason ?? '')
    },
    from: (from: Held['from']) => t(`review.from.${from}`),
    customer: (summary: Summary) => summary.contact.name || t('inbox.visitor', { id: summary.contact.id.slice(-4) }),
  }
}
