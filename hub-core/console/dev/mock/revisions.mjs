// What customers take back and change, and what a colleague writes in the platform's own client.
const text = (words) => [{ type: 'text', text: words }]
const before = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()

/** A conversation of WeCom's customer service. */
export const takenBackAndChanged = [
  ['customer', text('我的密码是 hunter2'), 24, { state: 'TAKEN_BACK' }],
  ['customer', [], 23, { state: 'TAKEN_BACK' }],
  [
    'customer',
    '我想买三把茶壶',
    22,
    {
      edits: {
        at: before(20),
        former: [
          { parts: text('我想买一把茶壶'), until: before(21) },
          { parts: text('我想买两把茶壶'), until: before(20) },
        ],
      },
    },
  ],
  ['customer', '能便宜一点吗？', 19, { edits: { at: before(18), former: [], stoppedBy: 'sensitive-words' } }],
  [
    'bot',
    '会员可享九折。',
    18,
    { state: 'DISCARDED', trace: { channel: 'wecom', outcome: 'answered', unsent: 'taken-back' } },
  ],
  ['state', 'agent', 17, { assignee: { id: 'p-else', name: '张三' } }],
  ['li', '三把可以打九折。', 16, { author: { kind: 'agent', name: '张三', elsewhere: true } }],
]
