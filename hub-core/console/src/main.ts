import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { i18n } from './shared/i18n/i18n'
import './shared/look/element-styles'
import './shared/look/tokens.css'
import './shared/look/element.css'
import './shared/look/base.css'

createApp(App).use(i18n).use(router).mount('#app')
