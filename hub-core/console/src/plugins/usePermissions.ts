import { useI18n } from 'vue-i18n'
import type { Permissions } from '../shared/api/types'

/** What a version asks to be allowed, in words, one for each thing. */
export function usePermissions() {
  const { t } = useI18n()
  return (asked: Permissions): string[] => [
    ...asked.hosts.map((host) => (host === '*' ? t('plugins.may.anyHost') : t('plugins.may.host', { host }))),
    ...(asked.files ? [t('plugins.may.files')] : []),
    ...(asked.secrets ? [t('plugins.may.secrets')] : []),
    ...asked.abilities.map((ability) => t(`plugins.may.${ability}`)),
  ]
}
