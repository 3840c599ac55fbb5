// What is visited, in order, and what is done there before the picture is taken.

export async function signIn(page, base, as) {
  await page.context().clearCookies()
  await page.goto(`${base}/sign-in`)
  await page.locator('#sign-in-name').fill(as)
  await page.locator('#sign-in-password').fill('a good password')
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

const go =
  (path, ready) =>
  async ({ page, base }) => {
    await page.goto(base + path)
    if (ready) await page.locator(ready).first().waitFor()
  }

export const PAGES = [
  { title: 'sign-in', visit: go('/sign-in', '#sign-in-name') },
  {
    title: 'sign-in-refused',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/sign-in`)
      await page.locator('#sign-in-name').fill('lina')
      await page.locator('#sign-in-password').fill('wrong')
      await page.locator('button[type=submit]').click()
      await page.locator('.problem:not(:empty)').waitFor()
    },
  },
  { title: 'password', as: 'new', visit: ({ page }) => page.waitForURL('**/password') },
  { title: 'inbox-empty', as: 'auditor', visit: ({ page }) => page.waitForURL('**/knowledge') },
  { title: 'inbox-mine', as: 'lina', visit: ({ page }) => page.locator('.row').first().waitFor() },
  { title: 'inbox-waiting', visit: go('/inbox/waiting', '.row') },
  { title: 'conversation', visit: go('/inbox/mine/c-1', '.message') },
  {
    title: 'conversation-trace',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/all/c-4`)
      await page.locator('.why').first().click()
      await page.locator('.el-popover .trace').waitFor()
    },
  },
  {
    title: 'conversation-quote',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine/c-1`)
      await page.locator('button.quote').click()
      await page.locator('[data-message=m-parcel]:focus').waitFor()
    },
  },
  { title: 'conversation-rated', visit: go('/inbox/all/c-4', '.rating') },
  { title: 'conversation-failed', visit: go('/inbox/all/c-6', '.mark.danger') },
  {
    title: 'conversation-waiting',
    visit: go('/inbox/waiting/c-2', '.message'),
  },
  {
    title: 'conversation-note',
    visit: async ({ page, base, phone }) => {
      await page.goto(`${base}/inbox/mine/c-1`)
      await page.locator('.message').first().waitFor()
      if (phone) await page.locator('.pills button').nth(1).click()
      else {
        await page.locator('.timeline').focus()
        await page.keyboard.press('n')
      }
      await page.locator('.composer.note textarea').fill('VIP')
    },
  },
  { title: 'customer', only: 'phone', visit: go('/inbox/mine/c-1?pane=customer', 'aside .who') },
  {
    title: 'close',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine/c-7`)
      await page.locator('.message').first().waitFor()
      await page.locator('header .actions .el-button').nth(1).click()
      await page.locator('.el-message-box').waitFor()
    },
  },
  {
    title: 'keys',
    only: 'desktop',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine`)
      await page.locator('.row').first().waitFor()
      await page.keyboard.press('?')
      await page.locator('.el-dialog kbd').first().waitFor()
    },
  },
  {
    title: 'account',
    visit: async ({ page, base, phone }) => {
      await page.goto(`${base}/inbox/mine`)
      await page.locator(phone ? '.tabs .me' : '.rail .me').click()
      await page.locator('.el-dropdown-menu').locator('visible=true').first().waitFor()
    },
  },
  {
    title: 'story',
    only: 'desktop',
    visit: async ({ page, base }) => {
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
    title: 'story-older',
    once: true,
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/all/c-8`)
      await page.locator('.message').first().waitFor()
      for (let turn = 0; turn < 4; turn++) {
        await page.locator('.timeline').evaluate((box) => (box.scrollTop = 0))
        await page.waitForTimeout(300)
      }
      await page.locator('.bubble', { hasText: /^这是第 0 条回答$/ }).waitFor()
      const said = await page.locator('.bubble').count()
      if (said !== 130) throw new Error(`130 messages, but ${said} on the screen`)
    },
  },
  {
    title: 'story-reconnect',
    once: true,
    visit: async ({ page, base, hub }) => {
      await page.goto(`${base}/inbox/all/c-4`)
      await page.locator('.message').first().waitFor()
      await page.waitForTimeout(300)
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
    title: 'story-retry',
    once: true,
    visit: async ({ page, base }) => {
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
    title: 'story-draft',
    once: true,
    visit: async ({ page, base }) => {
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
    title: 'story-keys',
    once: true,
    visit: async ({ page, base }) => {
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
    title: 'story-taken',
    once: true,
    as: 'wang',
    visit: async ({ page, base, hub }) => {
      await page.goto(`${base}/inbox/waiting/c-3`)
      await page.locator('.message').first().waitFor()
      Object.assign(hub.world.find('c-3'), { mode: 'agent', assignee: { id: 'p-lina', name: '李娜' } })
      await page.locator('.composer .el-button--primary').click()
      await page.locator('.el-message', { hasText: '李娜' }).waitFor()
      await page.locator('.shut', { hasText: '李娜' }).waitFor()
    },
  },
  { title: 'story-agent', once: true, visit: go('/people', '.list') },
  { title: 'inbox-again', as: 'lina', visit: ({ page }) => page.locator('.row').first().waitFor() },
  {
    title: 'attachments',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/inbox/mine/c-1`)
      await page.locator('.composer input[type=file]').setInputFiles([
        {
          name: 'leaf.svg',
          mimeType: 'image/svg+xml',
          buffer: Buffer.from(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="teal"/></svg>',
          ),
        },
        { name: '保修说明.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(120_000) },
      ])
      await page.locator('.composer li .hint').nth(1).waitFor()
    },
  },
  { title: 'knowledge', visit: go('/knowledge', '.question') },
  {
    title: 'knowledge-try',
    visit: async ({ page, base, phone }) => {
      await page.goto(`${base}/knowledge`)
      if (phone) await page.locator('.try-button').click()
      await page.locator('.panel input').fill('我要怎么退货')
      await page.locator('.panel button[type=submit]').click()
      await page.locator('.result').waitFor()
    },
  },
  { title: 'entry', visit: go('/knowledge/entry/k-7', '#entry-answer') },
  {
    title: 'entry-guard',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/knowledge/entry/k-1`)
      await page.locator('#entry-answer').fill('新的答案')
      await page.locator('.back').first().click()
      await page.locator('.el-message-box').waitFor()
    },
  },
  { title: 'unanswered', visit: go('/knowledge/unanswered', 'li .question') },
  {
    title: 'import',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/knowledge`)
      await page.locator('.actions .el-button', { hasText: /^(导入|Import)$/ }).click()
      await page
        .locator('.el-dialog input[type=file]')
        .setInputFiles({ name: 'k.csv', mimeType: 'text/csv', buffer: Buffer.from('question,answer\na,b\n!!') })
      await page.locator('.el-dialog dl').waitFor()
    },
  },
  { title: 'people', visit: go('/people', 'li .name') },
  {
    title: 'invite',
    visit: async ({ page, base }) => {
      await page.goto(`${base}/people`)
      await page.locator('.actions .el-button--primary').click()
      await page.locator('#person-name').fill('周到')
      await page.locator('#person-login').fill('zhou.dao')
    },
  },
  {
    title: 'one-time-password',
    visit: async ({ page }) => {
      await page.locator('.el-dialog .el-button--primary').locator('visible=true').click()
      await page.locator('.copy.large').first().waitFor()
    },
  },
  { title: 'channels', visit: go('/channels', 'article') },
  { title: 'plugins', visit: go('/plugins', 'article') },
  { title: 'audit', visit: go('/audit', 'li time') },
  { title: 'settings', visit: go('/settings', '#settings-organisation') },
  { title: 'not-found', visit: go('/nowhere', '.empty') },
]
