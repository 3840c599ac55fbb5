// Walks every page of the built console in a real browser against the stand-in hub, under the hub's CSP: fails on a CSP
// violation, an error in the page, an accessibility fault that axe finds, or a page wider than its window. Leaves pictures
// in dev/browser/shots. `node dev/browser/check.mjs [part of a page's name [part of a walk, such as zh-light]]`;
// KEFUHUB_CHROMIUM names another browser.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { start } from '../mock/server.mjs'
import { PAGES, signIn } from './pages.mjs'

const SHOTS = fileURLToPath(new URL('./shots/', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const VIEWS = {
  desktop: { viewport: { width: 1366, height: 820 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
}
const [wanted = '', walks = ''] = process.argv.slice(2)
const faults = []
mkdirSync(SHOTS, { recursive: true })

const browser = await chromium.launch({
  executablePath: process.env.KEFUHUB_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})

async function walk(language, theme, view) {
  const hub = await start(0, false)
  const context = await browser.newContext({
    ...VIEWS[view],
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
  })
  const page = await context.newPage()
  const name = (what) => `${what}-${language}-${theme}-${view}`
  let now = ''
  const fault = (text) => faults.push(`${name(now)}: ${text}`)
  page.on('pageerror', (error) => fault(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4(01|09)|ERR_FAILED/.test(message.text()))
      fault(`console: ${message.text()}`)
    if (message.type() === 'warning' && /vue|intlify/i.test(message.text())) fault(`console: ${message.text()}`)
  })
  await page.exposeFunction('reportViolation', (text) => fault(`CSP: ${text}`))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    }),
  )
  await page.addInitScript((tag) => localStorage.setItem('kefuhub.language', tag), language)
  const base = `http://127.0.0.1:${hub.port}/console`
  for (const { title, as, visit, only, once } of PAGES) {
    if ((only && only !== view) || (once && `${language}-${theme}-${view}` !== 'zh-light-desktop')) continue
    if (!title.includes(wanted) && !(wanted && as === 'lina')) continue
    now = title
    try {
      if (as !== undefined) await signIn(page, base, as)
      await visit({ page, base, hub, phone: view === 'phone' })
      await page.waitForTimeout(350)
      await page.screenshot({ path: `${SHOTS}${name(title)}.png` })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wide > 0) fault(`wider than the window by ${wide} px`)
      await judge(page, fault)
    } catch (failure) {
      fault(failure.message.split('\n').slice(0, 3).join(' '))
      await page.screenshot({ path: `${SHOTS}${name(title)}-FAILED.png` }).catch(() => {})
    }
  }
  await context.close()
  hub.stop()
}

/** Runs axe over the DevTools protocol, which the page's CSP does not govern. */
async function judge(page, fault) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      resultTypes: ['violations'],
    }),
  )
  for (const { id, nodes } of found.violations) {
    for (const node of nodes.slice(0, 4))
      fault(`axe ${id}: ${node.html.slice(0, 140)} | ${node.any[0]?.message ?? node.failureSummary}`)
  }
}

for (const view of Object.keys(VIEWS))
  for (const language of ['zh', 'en'])
    for (const theme of ['light', 'dark'])
      if (`${language}-${theme}-${view}`.includes(walks)) await walk(language, theme, view)
await browser.close()
const unique = [...new Set(faults)]
unique.forEach((fault) => console.error(fault))
console.log(unique.length === 0 ? 'no faults' : `${unique.length} faults`)
process.exitCode = unique.length === 0 ? 0 : 1
