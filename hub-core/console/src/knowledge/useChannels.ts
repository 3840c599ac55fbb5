import { ref } from 'vue'
import { get } from '../shared/api/http'
import type { Channel } from '../shared/api/types'

const channels = ref<Channel[]>([])

/** The channels there are, by name; asked for again by each page that shows them. */
export function useChannels() {
  void get('/api/channels').then(
    (answer) => (channels.value = answer.channels),
    () => {},
  )
  return { channels, channelName: (key: string) => channels.value.find((one) => one.key === key)?.title || key }
}
