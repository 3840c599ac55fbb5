import { computed, ref, watch } from 'vue'
import { remembered } from '../remembered'

export type Chime = 'waiting' | 'message'

const muted = remembered('muted', false)
/** The organisation's own switch. */
const allowed = ref(true)
const waiting = ref(0)
const unread = ref(0)
let audio: AudioContext | undefined
let lastRing = 0

/** Browsers let a page make a sound only after somebody touched it. */
function wake(): void {
  audio ??= new AudioContext()
  void audio.resume()
}
addEventListener('pointerdown', wake, { once: true })
addEventListener('keydown', wake, { once: true })

function tone(at: number, frequency: number, length: number): void {
  if (!audio) return
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.frequency.value = frequency
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(0.12, at + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, at + length)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + length)
}

/** Rings, but not more than once in a second and a half: ten chats that arrive at once are one sound. */
function ring(chime: Chime): void {
  const now = Date.now()
  if (muted.value || !allowed.value || !audio || audio.state !== 'running' || now - lastRing < 1_500) return
  lastRing = now
  const start = audio.currentTime
  if (chime === 'waiting') {
    tone(start, 660, 0.28)
    tone(start + 0.16, 880, 0.45)
  } else {
    tone(start, 740, 0.22)
  }
}

const badge = computed(() => waiting.value + unread.value)
const page = ref('')
watch(
  [badge, page],
  () => {
    const name = page.value ? `${page.value} · Kefu Hub` : 'Kefu Hub'
    document.title = badge.value > 0 ? `(${badge.value > 99 ? '99+' : badge.value}) ${name}` : name
  },
  { immediate: true },
)

/** The sound, and the number in the tab's title. */
export const useAlerts = () => ({ muted, allowed, waiting, unread, page, ring })
