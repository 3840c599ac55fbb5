import { ref } from 'vue'

const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 1_000)

/** The time, each second; one clock for the whole tab. */
export const useNow = () => now
