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
