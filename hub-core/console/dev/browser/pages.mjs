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
]
