import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Activation } from '../shared/api/types'
import { Stop } from '../shared/feed/feed'
import { open } from '../shared/feed/open'
import { FrameReader } from '../shared/feed/sse'

export interface PluginNews {
  /** Plugins or instances are not what they were; said again after each new connection. */
  changed(): void
  activation?(now: Activation): void
}

const SILENCE = 45_000
const LONGEST_PAUSE = 10_000

/** Follows what happens to plugins and their instances as long as the component lives. */
export function usePluginNews(news: PluginNews): void {
  const { locale } = useI18n()
  let connection: AbortController | undefined
  let timer = 0
  let failures = 0

  function later(milliseconds: number, then: () => void): void {
    clearTimeout(timer)
    timer = window.setTimeout(then, milliseconds)
  }

  function connect(): void {
    connection?.abort()
    connection = new AbortController()
    void follow(connection)
  }

  async function follow(mine: AbortController): Promise<void> {
    const mindSilence = () => later(SILENCE, connect)
    try {
      const reader = new FrameReader()
      mindSilence()
      for await (const text of open('/api/plugins/stream', {}, mine.signal)) {
        if (connection !== mine) return
        mindSilence()
        failures = 0
        for (const frame of reader.push(text)) {
          if (frame.event === 'changed') news.changed()
          else if (frame.event === 'activation') news.activation?.(JSON.parse(frame.data) as Activation)
        }
      }
    } catch (failure) {
      if (failure instanceof Stop) return clearTimeout(timer)
    }
    if (connection !== mine) return
    failures += 1
    later(Math.random() * Math.min(LONGEST_PAUSE, 500 * 2 ** failures), connect)
  }

  // What is told comes worded, so another language connects anew.
  watch(locale, connect, { immediate: true })
  onScopeDispose(() => {
    connection?.abort()
    connection = undefined
    clearTimeout(timer)
  })
}
