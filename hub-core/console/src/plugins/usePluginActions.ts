import { ElMessageBox } from 'element-plus'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Activation, Plugin, PluginVersion, TrialTerms } from '../shared/api/types'
import { useSay } from '../shared/useSay'
import type { PluginStore } from './usePlugins'

/** What is busy while it is looked for what holds old versions of a plugin. */
export const traceOf = (plugin: string) => `trace ${plugin}`

/** What an admin does to a plugin, each after being asked whether that is meant. */
export function usePluginActions(store: PluginStore, ended: (done: Activation) => void) {
  const { t } = useI18n()
  const { done, failed, warn } = useSay()
  /** The hash of the version, or the id of the plugin, that something is being done to. */
  const busy = ref<string>()

  const sure = (title: string, text: string, yes: string) =>
    ElMessageBox.confirm(text, title, {
      confirmButtonText: yes,
      cancelButtonText: t('shell.common.cancel'),
      type: 'warning',
    }).then(
      () => true,
      () => false,
    )

  async function during(what: string, act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = what
    try {
      await act()
    } catch (failure) {
      failed(failure)
    } finally {
      busy.value = undefined
    }
  }

  /** What was made of a plugin outlives it; said before it is removed. */
  function keeps({ instances }: Plugin): string {
    const names = instances.map((one) => one.title || one.key).join(t('plugins.and'))
    return names && t('plugins.forgetKeeps', { names })
  }

  return {
    busy,
    async serve(plugin: Plugin, version: PluginVersion): Promise<void> {
      const named = { name: plugin.title, version: version.version, now: plugin.serving?.version ?? '' }
      const text = t(plugin.serving ? 'plugins.serveText' : 'plugins.startText', named)
      if (!(await sure(t('plugins.serveTitle', named), text, t('plugins.serveYes')))) return
      await during(version.hash, async () => ended(await store.bring(plugin.id, version.hash, false)))
    },
    /** Who sees harm done has no time for questions; whatever it was, it can be brought back the same way. */
    rollBack: (plugin: Plugin, version: PluginVersion) =>
      during(version.hash, async () => ended(await store.bring(plugin.id, version.hash, false))),
    /** What it asks for stands beside the button, so that nobody is asked twice. */
    allow: (plugin: Plugin, version: PluginVersion) =>
      during(version.hash, async () => ended(await store.bring(plugin.id, version.hash, true))),
    tryOut: (plugin: Plugin, hash: string, terms: TrialTerms) =>
      during(hash, async () => ended(await store.tryOut(plugin.id, hash, terms))),
    setArrivals: (plugin: Plugin, terms: TrialTerms | undefined) =>
      during(plugin.id, async () => {
        await store.setArrivals(plugin.id, terms)
        await store.load()
        done(t('plugins.arrivals.saved'))
      }),
    async takeBack(plugin: Plugin): Promise<void> {
      const named = { name: plugin.title, version: plugin.trial?.version ?? '', now: plugin.serving?.version ?? '' }
      if (
        !(await sure(t('plugins.trial.backTitle', named), t('plugins.trial.backText', named), t('plugins.trial.back')))
      )
        return
      await during(plugin.trial?.hash ?? '', async () => {
        await store.endTrial(plugin.id)
        done(t('plugins.trial.wasBack', named))
      })
    },
    async forget(plugin: Plugin): Promise<void> {
      const named = { name: plugin.title }
      const text = t('plugins.forgetText') + keeps(plugin)
      if (!(await sure(t('plugins.forgetTitle', named), text, t('plugins.forgetYes')))) return
      await during(plugin.id, async () => {
        await store.forget(plugin.id)
        await store.load()
        done(t('plugins.wasForgotten', named))
      })
    },
    async forgetVersion(plugin: Plugin, version: PluginVersion): Promise<void> {
      const named = { name: plugin.title, version: version.version }
      const title = t('plugins.forgetVersionTitle', named)
      const text = t('plugins.forgetVersionText') + (plugin.versions.length === 1 ? keeps(plugin) : '')
      if (!(await sure(title, text, t('plugins.forgetYes')))) return
      await during(version.hash, async () => {
        await store.forgetVersion(plugin.id, version.hash)
        await store.load()
        done(t('plugins.versionWasForgotten', named))
      })
    },
    async trace(plugin: Plugin): Promise<void> {
      const title = t('plugins.stayed.askTitle', { name: plugin.title })
      if (!(await sure(title, t('plugins.stayed.askText'), t('plugins.stayed.trace')))) return
      await during(traceOf(plugin.id), async () => {
        const found = await store.trace(plugin.id)
        await store.load()
        if (!found.length) done(t('plugins.stayed.gone'))
        else if (found.some(({ holders }) => !holders.length)) warn(t('plugins.stayed.notFound'))
        else done(t('plugins.stayed.found'))
      })
    },
    async switchOff(plugin: Plugin): Promise<void> {
      const named = { name: plugin.title }
      if (!(await sure(t('plugins.offTitle', named), t('plugins.offText'), t('plugins.switchOff')))) return
      await during(plugin.id, async () => {
        await store.retire(plugin.id)
        done(t('plugins.wasOff', named))
      })
    },
  }
}
