// What customers and agents say in two languages, what translators are told, and a pair of languages to correct.
import { on } from './on.mjs'

const text = (words) => [{ type: 'text', text: words }]
const made = (from, to, words, more = {}) => ({
  translation: {
    from,
    to,
    outcome: 'proven',
    parts: text(words),
    sent: false,
    translator: 'deepl',
    version: 'translate-http 1.0.0',
    ...more,
  },
})
const toAgents = (words) => made('fr', 'zh-CN', words)
const toCustomer = (words) => made('zh-CN', 'fr', words, { sent: true })
const not = (outcome, why) => made('zh-CN', 'fr', '', { outcome, why, parts: [] })

/** A conversation in French at a Chinese desk. */
export const inTwoLanguages = [
  ['customer', 'Bonjour, où est ma commande 20261126-0042 ?', 34, toAgents('您好，我的订单 20261126-0042 在哪里？')],
  ['state', 'agent', 33, { assignee: { id: 'p-lina', name: '李娜' } }],
  [
    'li',
    '您好，订单 20261126-0042 今天已发货，预计 12 月 2 日送达。',
    32,
    toCustomer('Bonjour, la commande 20261126-0042 a été expédiée aujourd’hui ; livraison prévue le 2/12.'),
  ],
  [
    'customer',
    'Parfait, merci ! Et combien coûte le retour si la théière ne me plaît pas ?',
    31,
    toAgents('太好了，谢谢！如果我不喜欢这把茶壶，退货需要多少费用？'),
  ],
  ['li', '退货运费为 ¥12.50，签收后 7 天内有效。', 30, not('altered', 'missing:¥12.50')],
  ['customer', 'ok', 29, not('failed', 'busy:')],
]

const rules = {
  desk: 'main',
  version: 3,
  detectAlias: 'small',
  glossary: [
    { term: '晴山小店' },
    { term: '会员', to: 'en', becomes: 'member' },
    { term: '茶壶', to: 'fr', becomes: 'théière' },
  ],
}
const pairs = new Map()

export const translationRoutes = [
  on('GET', '/api/translation', () => ({ desks: [rules] })),
  on('PUT', '/api/translation/{desk}', ({ body }) => Object.assign(rules, body, { version: rules.version + 1 })),
  on('GET', '/api/conversations/{id}/languages', ({ world, id }) => pairOf(world, id)),
  on('PUT', '/api/conversations/{id}/languages', ({ world, id, body }) => {
    const pair = pairOf(world, id)
    if (body.customer !== undefined) {
      pair.by = body.customer === 'auto' ? 'detected' : 'person'
      if (body.customer !== 'auto') pair.customer = body.customer
    }
    if (body.agents !== undefined) {
      pair.chosen = body.agents !== 'auto'
      pair.agents = body.agents === 'auto' ? 'zh-CN' : body.agents
    }
    return pair
  }),
]

function pairOf(world, id) {
  const language = world.find(id).language
  if (!pairs.has(id)) {
    pairs.set(id, {
      customer: language === 'zh' ? 'zh-CN' : language,
      by: 'detected',
      agents: 'zh-CN',
      chosen: false,
      translates: true,
    })
  }
  return pairs.get(id)
}
