/** The demo shop: chooses the language and carries the widget, as any site would. */
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language
const language = asked.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
document.documentElement.lang = language
document.title = language === 'en' ? 'Songlin' : '松林小铺'

const script = document.createElement('script')
script.src = '/widget.js'
script.async = true
script.dataset.channel = 'wk_demo'
script.dataset.locale = language
script.dataset.color = '#2f5d50'
document.body.append(script)

interface HubChat {
  open(): void
}

for (const button of document.querySelectorAll('[data-chat], [data-ask]')) {
  button.addEventListener('click', () => (globalThis as { hubChat?: HubChat }).hubChat?.open())
}

export {}
