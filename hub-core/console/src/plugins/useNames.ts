import { useI18n } from 'vue-i18n'
import type { Activation } from '../shared/api/types'

/** Words for what plugins are and what becomes of them. */
export function useNames() {
  const { t, te } = useI18n()
  return {
    kind: (name: string) => (te(`plugins.kinds.${name}`) ? t(`plugins.kinds.${name}`) : name),
    /** How it ended, for those who hear it. */
    sentence(one: Activation, titles: ReadonlyMap<string, string>): string {
      const name = one.plugin ? `${titles.get(one.plugin) ?? one.plugin} ${one.version}` : one.fileName
      const how = t(`plugins.outcomes.${one.outcome ?? 'under_way'}`)
      return one.reason ? t('plugins.toldWhy', { name, how, why: one.reason }) : t('plugins.told', { name, how })
    },
  }
}
