// Before the first paint, so that a dark console never flashes white.
;(function () {
  var theme = 'auto'
  try {
    theme = localStorage.getItem('kefuhub.theme') || 'auto'
  } catch {
    // Storage is blocked: the system's choice it is.
  }
  var dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
})()
