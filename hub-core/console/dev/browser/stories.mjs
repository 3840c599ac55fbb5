// What the console does when things go wrong or come late, which the stand-in can bring about at will: run by
// `npm run stories` against the built console. Every page's looks are judged by the Maven tests of dist, over a real hub.
import { chromium } from 'playwright-core'
import { start } from '../mock/server.mjs'

const STORIES = [
  {
    title: 'an agent takes, replies, and sees the mark and the typing',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/inbox/waiting/c-2`)
      await page.locator('.composer .el-button--primary').click()
      const field = page.locator('.composer textarea')
      await field.fill('您好，这款壶可以放在电磁炉上。')
      await field.press('Enter')
      await page.locator('.message.agent .bubble', { hasText: '电磁炉上。' }).waitFor()
      await page.locator('.message.agent .mark.read').last().waitFor()
      await page.locator('.dots').waitFor()
      await page.locator('.message.customer .bubble', { hasText: '好的，谢谢您！' }).waitFor()
    },
  },
  {
    title: 'older messages come page by page, each once',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/inbox/all/c-8`)
      await page.locator('.message').first().waitFor()
      const first = page.locator('.bubble', { hasText: /^这是第 0 条回答$/ })
      while ((await first.count()) === 0) {
        const before = await page.locator('.bubble').count()
        await page.locator('.timeline').evaluate((box) => (box.scrollTop = 0))
        await page.waitForFunction((known) => document.querySelectorAll('.bubble').length > known, before)
      }
      const said = await page.locator('.bubble').count()
      if (said !== 130) throw new Error(`130 messages, but ${said} on the screen`)
    },
  },
  {
    title: 'what was said while the line was down is there once',
    tell: async ({ page, base, hub }) => {
      await page.goto(`${base}/inbox/all/c-4`)
      await page.locator('.message').first().waitFor()
      await page.waitForFunction(() => document.querySelectorAll('.bubble').length > 1)
      while (![...hub.world.streams].some((stream) => stream.conversation === 'c-4')) await turn()
      const one = hub.world.find('c-4')
      const author = { kind: 'customer', id: one.contact.id }
      for (const stream of hub.world.streams) stream.end()
      hub.world.streams.clear()
      hub.world.say(one, author, [{ type: 'text', text: '断线时说的' }])
      await page.locator('.bubble', { hasText: '断线时说的' }).waitFor({ timeout: 8000 })
      hub.world.say(one, author, [{ type: 'text', text: '重连后说的' }])
      await page.locator('.bubble', { hasText: '重连后说的' }).waitFor()
      const twice = await page.locator('.bubble', { hasText: '断线时说的' }).count()
      if (twice !== 1) throw new Error(`shown ${twice} times`)
    },
  },
  {
    title: 'what could not be sent is sent in order',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine/c-7`)
      await page.route('**/reply', (route) => route.abort())
      const field = page.locator('.composer textarea')
      await field.fill('第一句')
      await field.press('Enter')
      await page.locator('.foot.failed').waitFor()
      await field.fill('第二句')
      await field.press('Enter')
      await page.unroute('**/reply')
      await page.locator('.foot.failed button').first().click()
      await page.locator('.message.agent .bubble', { hasText: '第二句' }).waitFor()
      const order = (await page.locator('.message.agent .bubble').allInnerTexts()).slice(-2).join()
      if (order !== '第一句,第二句' || (await page.locator('.pending').count()) > 0) throw new Error(`order: ${order}`)
    },
  },
  {
    title: 'a draft waits in its conversation',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine/c-7`)
      await page.locator('.composer textarea').fill('没写完的话')
      await page.goto(`${base}/inbox/mine/c-1`)
      await page.locator('.message').first().waitFor()
      await page.goto(`${base}/inbox/mine/c-7`)
      await page.locator('.message').first().waitFor()
      const kept = await page.locator('.composer textarea').inputValue()
      if (kept !== '没写完的话') throw new Error(`the draft is "${kept}"`)
      await page.locator('.composer textarea').fill('')
    },
  },
  {
    title: 'keys lead through the inbox and the rooms',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/inbox/all`)
      await page.locator('.row').first().waitFor()
      await page.keyboard.press('j')
      await page.waitForURL('**/inbox/all/c-*')
      await page.locator('.timeline').waitFor()
      const first = page.url()
      const blur = () => page.evaluate(() => document.activeElement.blur())
      await blur()
      await page.keyboard.press('j')
      await page.waitForFunction((url) => location.href !== url, first)
      await page.locator('.timeline').waitFor()
      await blur()
      await page.keyboard.press('k')
      await page.waitForURL(first)
      await page.locator('.timeline').waitFor()
      await blur()
      await page.keyboard.press('g')
      await page.keyboard.press('k')
      await page.waitForURL('**/knowledge')
      await page.keyboard.press('g')
      await page.keyboard.press('i')
      await page.waitForURL('**/inbox/mine')
    },
  },
  {
    title: 'a colleague was quicker',
    as: 'wang',
    tell: async ({ page, base, hub }) => {
      await page.goto(`${base}/inbox/waiting/c-3`)
      await page.locator('.message').first().waitFor()
      Object.assign(hub.world.find('c-3'), { mode: 'agent', assignee: { id: 'p-lina', name: '李娜' } })
      await page.locator('.composer .el-button--primary').click()
      await page.locator('.el-message', { hasText: '李娜' }).waitFor()
      await page.locator('.shut', { hasText: '李娜' }).waitFor()
    },
  },
  {
    title: 'an earlier version and a plugin that is off are removed once that is confirmed',
    tell: async ({ page, base, hub }) => {
      await page.goto(`${base}/plugins`)
      const known = page.locator('[data-plugin="filter-sensitive-words"]')
      await known.locator('summary', { hasText: '版本（' }).click()
      await known.locator('[data-version="1.0.0"]').getByRole('button', { name: '移除版本 1.0.0' }).click()
      await page.locator('.el-message-box').getByRole('button', { name: '彻底移除' }).click()
      await known.locator('[data-version="1.0.0"]').waitFor({ state: 'detached' })
      if ((await known.locator('[data-version="1.1.0"] .tools').count()) > 0)
        throw new Error('what serves may be removed')
      const off = page.locator('[data-plugin="responder-hours"]')
      await off.getByRole('button', { name: '移除', exact: false }).first().click()
      await page.locator('.el-message-box').getByRole('button', { name: '取消' }).click()
      if (hub.world.plugging.plugins.every(({ id }) => id !== 'responder-hours')) throw new Error('removed unasked')
      await off.getByRole('button', { name: '移除', exact: false }).first().click()
      await page.locator('.el-message-box').getByRole('button', { name: '彻底移除' }).click()
      await off.waitFor({ state: 'detached' })
    },
  },
  {
    title: 'a secret that need not be set is emptied by the form, and one that must be is not',
    tell: async ({ page, base }) => {
      await page.goto(`${base}/plugins`)
      await page.locator('[data-plugin="channel-web"]').getByRole('button', { name: '批发商城' }).click()
      await page.getByRole('button', { name: '清除已设置的内容：文件链接的签名密钥' }).click()
      await page.getByRole('button', { name: '还是保留：文件链接的签名密钥' }).waitFor()
      const asked = page.waitForRequest((request) => request.method() === 'PUT')
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
      const { clearedSecrets, settings } = (await asked).postDataJSON()
      if (clearedSecrets?.join() !== 'file-secret' || 'file-secret' in settings) throw new Error('not asked for')
      await page.goto(`${base}/plugins`)
      await page.locator('[data-plugin="filter-sensitive-words"]').getByRole('button', { name: '零售敏感词' }).click()
      await page.getByRole('dialog').getByLabel('词库服务的密钥').waitFor()
      if ((await page.getByRole('button', { name: /清除已设置的内容/ }).count()) > 0) throw new Error('may be emptied')
    },
  },
  {
    title:
      'what holds an old version is looked for once the admin knows that the hub stands still, and named by its steps',
    tell: async ({ page, base, hub }) => {
      let told
      hub.world.plugging.tracing = new Promise((done) => (told = done))
      await page.goto(`${base}/plugins`)
      const stayed = page.locator('[data-plugin="filter-sensitive-words"] [data-stayed]')
      await stayed.getByText('dictionary-reload').waitFor()
      const button = stayed.getByRole('button')
      await button.focus()
      await button.press('Enter')
      await page.getByRole('dialog').getByText('整个系统会暂停片刻').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
      await page.locator('.el-message-box').waitFor({ state: 'detached' })
      await stayed.getByText('原因还不清楚').waitFor()
      await button.press('Enter')
      await page.locator('.el-message-box .el-button--primary').press('Enter')
      await stayed.getByRole('status').getByText('正在查找').waitFor()
      told()
      await stayed.locator('ol li', { hasText: 'ext.Registered' }).waitFor()
      if ((await stayed.getByRole('button').count()) > 0) throw new Error('there is nothing left to look for')
    },
  },
]

const turn = () => new Promise((done) => setTimeout(done, 20))

async function signIn(page, base, as) {
  await page.goto(`${base}/sign-in`)
  await page.locator('#sign-in-name').fill(as)
  await page.locator('#sign-in-password').fill('a good password')
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

const browser = await chromium.launch({
  executablePath: process.env.KEFUHUB_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
let failed = 0
for (const { title, as = 'lina', tell } of STORIES) {
  const hub = await start(0, false)
  const context = await browser.newContext({ viewport: { width: 1366, height: 820 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  try {
    const base = `http://127.0.0.1:${hub.port}/console`
    await signIn(page, base, as)
    await tell({ page, base, hub })
  } catch (failure) {
    errors.push(failure.message.split('\n').slice(0, 3).join(' '))
  }
  console.log(`${errors.length === 0 ? 'ok  ' : 'FAIL'} ${title}`, ...errors)
  failed += errors.length
  await context.close()
  hub.stop()
}
await browser.close()
process.exitCode = failed === 0 ? 0 : 1
