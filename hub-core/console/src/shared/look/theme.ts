import { readonly, ref, watch } from 'vue'
import { remembered } from '../remembered'

export type Theme = 'auto' | 'light' | 'dark'

const theme = remembered<Theme>('theme', 'auto')
const system = matchMedia('(prefers-color-scheme: dark)')
const dark = ref(false)

function apply(): void {
  dark.value = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
  document.documentElement.classList.toggle('dark', dark.value)
}

watch(theme, apply, { immediate: true })
system.addEventListener('change', apply)

export const useTheme = () => theme

/** Whether it is dark now, whoever says so. */
export const useDark = () => readonly(dark)
