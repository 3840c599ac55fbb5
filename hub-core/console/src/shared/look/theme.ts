import { watch } from 'vue'
import { remembered } from '../remembered'

export type Theme = 'auto' | 'light' | 'dark'

const theme = remembered<Theme>('theme', 'auto')
const system = matchMedia('(prefers-color-scheme: dark)')

function apply(): void {
  const dark = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
  document.documentElement.classList.toggle('dark', dark)
}

watch(theme, apply, { immediate: true })
system.addEventListener('change', apply)

export const useTheme = () => theme
