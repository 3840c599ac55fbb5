import { ElMessageBox } from 'element-plus'
import { useI18n } from 'vue-i18n'
import { Refused } from '../shared/api/http'
import type { Instance } from '../shared/api/types'
import { useSay } from '../shared/useSay'
import type { InstanceStore } from './useInstances'

/** What an admin does to an instance without opening it. */
export function useInstanceActions(store: InstanceStore) {
  const { t } = useI18n()
  const { done, failed, warn } = useSay()

  async function remove(instance: Instance): Promise<void> {
    const name = instance.title || instance.contributionTitle || instance.key
    const sure = await ElMessageBox.confirm(t('instances.removeText'), t('instances.removeTitle', { name }), {
      confirmButtonText: t('shell.common.delete'),
      cancelButtonText: t('shell.common.cancel'),
      confirmButtonClass: 'el-button--danger',
      type: 'warning',
    }).catch(() => false)
    if (!sure) return
    try {
      await store.forget(instance)
      done(t('instances.removed', { name }))
    } catch (failure) {
      // A channel that has conversations was switched off instead.
      if (failure instanceof Refused && failure.code === 'conflict') warn(t('instances.switchedOff', { name }))
      else failed(failure)
    }
  }

  return { remove }
}
