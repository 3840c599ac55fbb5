import { randomUUID } from 'node:crypto'
import { takenBackAndChanged } from './revisions.mjs'
import { inTwoLanguages } from './translation.mjs'

const MINUTE = 60_000
const ago = (minutes) => new Date(Date.now() - minutes * MINUTE).toISOString()

export const desks = [
  { id: 'main', key: 'main', name: '晴山小店' },
  { id: 'wholesale', key: 'wholesale', name: '批发部' },
]

export const people = () => [
  {
    id: 'p-lina',
    login: 'lina',
    name: '李娜',
    roles: ['owner'],
    desks: [],
    language: 'zh-CN',
    enabled: true,
    lastSignIn: ago(4),
  },
  {
    id: 'p-wang',
    login: 'wang',
    name: '王小明',
    roles: ['agent'],
    desks: ['main'],
    language: 'zh-CN',
    enabled: true,
    lastSignIn: ago(95),
  },
  {
    id: 'p-sara',
    login: 'sara.jones',
    name: 'Sara Jones',
    roles: ['supervisor', 'agent'],
    desks: ['main', 'wholesale'],
    language: 'en',
    enabled: true,
    lastSignIn: ago(1600),
  },
  {
    id: 'p-audit',
    login: 'auditor',
    name: '赵审计',
    roles: ['auditor'],
    desks: [],
    language: 'zh-CN',
    enabled: true,
    lastSignIn: ago(9000),
    managedBy: 'conf/people.yaml',
  },
  {
    id: 'p-new',
    login: 'new',
    name: '陈新',
    roles: ['agent'],
    desks: ['main'],
    language: 'zh-CN',
    enabled: true,
    mustChangePassword: true,
  },
  {
    id: 'p-gone',
    login: 'old.liu',
    name: '刘旧',
    roles: ['agent'],
    desks: ['main'],
    language: 'zh-CN',
    enabled: false,
    lastSignIn: ago(90000),
  },
]

export const channels = () => [
  {
    key: 'wk_demo',
    title: '官网聊天',
    contribution: 'web',
    desk: 'main',
    enabled: true,
    managedBy: 'conf/channels.yaml',
    health: { state: 'ok', since: ago(3000) },
    addresses: ['http://127.0.0.1:8080/chat', 'http://127.0.0.1:8080/widget.js'],
  },
  {
    key: 'wk_wholesale',
    title: '批发商城',
    contribution: 'web',
    desk: 'wholesale',
    enabled: true,
    health: { state: 'failing', detail: '没有允许的来源网址。', field: 'origins', since: ago(40) },
    addresses: ['http://127.0.0.1:8080/widget/1/wk_wholesale'],
  },
  {
    key: 'wk_old',
    title: '旧版网站',
    contribution: 'web',
    desk: 'main',
    enabled: false,
    health: { state: 'off' },
    addresses: [],
  },
]

export const audit = () =>
  Array.from({ length: 130 }, (_, index) => {
    const [action, subject, details] = [
      ['session.opened', 'person:p-lina', { address: '10.0.0.8' }],
      ['conversation.taken', 'conversation:c-2', { epoch: 3 }],
      ['conversation.closed', 'conversation:c-5', {}],
      ['knowledge.changed', 'knowledge:k-3', { version: 4 }],
      ['person.invited', 'person:p-new', { roles: ['agent'] }],
      ['plugin.activated', 'plugin:channel-web', { version: '1.0.0', hash: '3f46f3cf' }],
    ][index % 6]
    const [actor, actorName] = [
      ['person:p-lina', '李娜'],
      ['person:p-wang', '王小明'],
      ['hub', undefined],
    ][index % 3]
    return { id: `a-${500 - index}`, at: ago(index * 17 + 3), actor, actorName, action, subject, details }
  })

const entry = (id, language, question, similar, answer, more = {}) => ({
  id,
  desk: 'main',
  language,
  question,
  similar,
  answer,
  enabled: true,
  version: 1,
  updatedAt: ago(700),
  ...more,
})
export const entries = () => [
  entry(
    'k-1',
    'zh',
    '怎么退货？',
    ['我要退货', '退货流程是什么', '东西不想要了怎么办'],
    '签收后 7 天内可以无理由退货：在“我的订单”里选择商品，点“申请退货”，我们会安排上门取件。',
  ),
  entry(
    'k-2',
    'en',
    'How do I return an item?',
    ['return policy', 'I want to send it back'],
    'You can return any item within 7 days of delivery. Open “My orders”, choose the item and press “Return”; a courier will collect it.',
  ),
  entry(
    'k-3',
    'zh',
    '多久能收到货？',
    ['什么时候发货', '快递要几天', '物流慢'],
    '下单后 24 小时内发货，江浙沪 1 到 2 天，其他地区 2 到 5 天送达。',
    { updatedAt: ago(60) },
  ),
  entry(
    'k-4',
    'en',
    'How long does delivery take?',
    ['when will it arrive', 'shipping time'],
    'Orders leave within 24 hours. Delivery takes 2 to 5 days.',
  ),
  entry(
    'k-5',
    'zh',
    '可以开发票吗？',
    ['开票', '增值税发票'],
    '可以。在订单详情里点“申请发票”，电子发票会在 1 个工作日内发到您的邮箱。',
  ),
  entry(
    'k-6',
    'any',
    '营业时间 / Opening hours',
    ['几点上班', 'when are you open'],
    '客服每天 9:00–21:00 在线。\nOur agents are here from 9 am to 9 pm every day.',
    { managedBy: 'conf/knowledge.yaml' },
  ),
  entry(
    'k-7',
    'zh',
    '双十一活动什么时候开始？',
    ['双11优惠'],
    '活动从 11 月 1 日 0 点到 11 月 11 日 24 点，全场满 300 减 40。',
    { validFrom: '2026-10-25T00:00:00Z', validUntil: '2026-11-12T00:00:00Z' },
  ),
  entry(
    'k-8',
    'zh',
    '怎么修改收货地址？',
    ['地址填错了', '换个地址'],
    '发货前可以在“我的订单”里直接修改；发货后请联系我们，我们帮您联系快递改派。',
    { enabled: false },
  ),
  ...Array.from({ length: 60 }, (_, index) =>
    entry(
      `k-x${index}`,
      index % 2 ? 'zh' : 'en',
      index % 2 ? `商品 ${index} 的保修期多长？` : `What is the warranty of product ${index}?`,
      [],
      index % 2 ? '自签收之日起一年。' : 'One year from delivery.',
      { updatedAt: ago(9000 + index * 60) },
    ),
  ),
]

export const documents = () => [
  {
    id: 'd-1',
    desk: 'main',
    name: '退货政策.pdf',
    format: 'pdf',
    size: 182_000,
    state: 'ready',
    enabled: true,
    language: 'zh',
    pages: 6,
    chunks: 21,
    changedBy: 'person:lina',
    updatedAt: '2026-11-20T08:00:00Z',
  },
  {
    id: 'd-2',
    desk: 'main',
    name: 'scan of the warranty card.pdf',
    format: 'pdf',
    size: 4_200_000,
    state: 'failed',
    enabled: true,
    language: 'any',
    chunks: 0,
    problem: '页面是图片（例如扫描件），里面没有文字。请先做文字识别（OCR）再上传。',
    changedBy: 'person:lina',
    updatedAt: '2026-11-19T08:00:00Z',
  },
]

export const proposals = () => [
  {
    id: 'r-1',
    desk: 'main',
    language: 'zh',
    question: '帐篷可以机洗吗？',
    answer: '不可以机洗，请用清水擦拭后阴干。',
    origin: 'correction',
    proposedBy: 'person:lina',
    proposedAt: '2026-11-20T09:00:00Z',
  },
]

export const unanswered = () => [
  {
    id: 'u-1',
    desk: 'main',
    language: 'zh',
    question: '你们的茶杯能进洗碗机吗？',
    times: 7,
    firstAt: ago(8000),
    lastAt: ago(22),
    conversation: 'c-1',
  },
  {
    id: 'u-2',
    desk: 'main',
    language: 'en',
    question: 'Do you ship to Norway?',
    times: 4,
    firstAt: ago(6000),
    lastAt: ago(180),
    conversation: 'c-3',
  },
  {
    id: 'u-3',
    desk: 'main',
    language: 'zh',
    question: '可以货到付款么',
    times: 2,
    firstAt: ago(3000),
    lastAt: ago(900),
    conversation: 'c-4',
  },
  {
    id: 'u-4',
    desk: 'wholesale',
    language: 'zh',
    question: '一次买 500 个有折扣吗',
    times: 1,
    firstAt: ago(1500),
    lastAt: ago(1500),
  },
]

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="440"><rect width="640" height="440" fill="#e9dccb"/><ellipse cx="320" cy="370" rx="190" ry="26" fill="#c9b79f"/><path d="M200 150h220l-22 200a24 24 0 0 1-24 20H246a24 24 0 0 1-24-20z" fill="#4f7d78"/><path d="M412 190h38a42 42 0 0 1 0 92h-48" fill="none" stroke="#4f7d78" stroke-width="20"/><path d="M250 150l26 78-20 40 30 62" fill="none" stroke="#e9dccb" stroke-width="5"/></svg>`

const li = { kind: 'agent', id: 'p-lina', name: '李娜' }
const wang = { kind: 'agent', id: 'p-wang', name: '王小明' }
const bot = { kind: 'bot', name: '小晴' }
const text = (value) => [{ type: 'text', text: value }]
const trace = (question, entry, score) => ({
  channel: 'wk_demo',
  outcome: 'answered',
  responder: 'faq',
  source: { kind: 'knowledge', id: entry, title: question, score, code: 'alike', about: question },
  filtersIn: [{ filter: 'plain-text', version: '', verdict: 'pass', micros: 41 }],
  filtersOut: [{ filter: 'plain-text', version: '', verdict: 'pass', micros: 18 }],
  micros: 3_400,
})
const modelTrace = {
  channel: 'wk_demo',
  outcome: 'answered',
  responder: 'helper',
  source: {
    kind: 'model',
    id: 'main',
    title: 'qwen-plus',
    score: 0.82,
    code: 'model-cheaper',
    about: 'qwen-plus',
    citations: [
      { kind: 'knowledge', id: 'k-3', title: '多久能收到货？' },
      { kind: 'document', id: 'd-1', title: '配送手册 › 偏远地区' },
    ],
  },
  remarks: { rung: 'cheaper', dropped: '1' },
  filtersIn: [{ filter: 'plain-text', version: '', verdict: 'pass', micros: 41 }],
  filtersOut: [{ filter: 'plain-text', version: '', verdict: 'pass', micros: 18 }],
  micros: 1_840_000,
}
const menuTrace = (score) => ({
  channel: 'wk_demo',
  outcome: 'offered',
  responder: 'faq',
  source: { kind: 'knowledge', id: 'k-1', title: '怎么退货？', score, code: 'near', about: '我要退货' },
  micros: 2_800,
})

/** The conversations: who, in which state, and what was said how many minutes ago. */
export function conversations(world) {
  const made = []
  const make = (id, name, language, mode, minutes, said, more = {}) => {
    const contact = { id: `contact-${id}`, name, verified: more.verified ?? false }
    const one = {
      id,
      desk: more.desk ?? 'main',
      channel: more.channel ?? { key: 'wk_demo', title: '官网聊天' },
      contact,
      mode,
      assignee: more.assignee,
      language,
      lastAt: ago(minutes),
      waitingSince: mode === 'waiting' ? ago(more.waits ?? minutes) : undefined,
      feed: 0,
      seq: 0,
      epoch: 1,
      attributes: more.attributes ?? {
        page: 'https://shop.example.com/cart',
        locale: language === 'en' ? 'en-GB' : 'zh-CN',
      },
      customerReadSeq: 0,
      agentReadSeq: 0,
      firstAt: ago(minutes + 30),
      events: [],
    }
    const customer = { kind: 'customer', id: contact.id, name }
    said.forEach(([who, what, at, extra = {}]) => {
      const when = ago(at)
      if (who === 'state')
        return world.add.call({ tell() {} }, one, {
          kind: 'state',
          mode: what,
          assignee: extra.assignee,
          at: when,
        })
      if (who === 'rated') return world.add.call({ tell() {} }, one, { kind: 'rated', score: what, at: when, ...extra })
      if (who === 'note')
        return world.add.call(
          { tell() {} },
          one,
          { kind: 'note', at: when, note: { id: randomUUID(), author: wang, at: when, text: what } },
          false,
        )
      const author = { customer, bot, li, wang }[who]
      const parts = typeof what === 'string' ? text(what) : what
      world.add.call({ tell() {} }, one, {
        kind: 'message',
        at: when,
        message: {
          id: randomUUID(),
          author,
          at: when,
          parts,
          state: who === 'customer' ? 'ANSWERED' : 'SENT',
          ...extra,
        },
      })
    })
    one.customerReadSeq = one.seq - (more.behind ?? 1)
    one.agentReadSeq = one.seq - (more.unread ?? 0)
    made.push(one)
    return one
  }
  const cup = {
    type: 'file',
    fileId: 'cup',
    name: '裂开的杯子.jpg',
    mime: 'image/svg+xml',
    size: 284_120,
    url: '/api/files/cup',
    media: 'image',
  }
  world.files.set('cup', { part: cup, bytes: Buffer.from(PICTURE), mime: 'image/svg+xml' })
  const menu = {
    type: 'menu',
    text: '我不太确定您的意思，是想问这些吗？',
    options: [
      { id: '1', text: '怎么退货？' },
      { id: '2', text: '可以换货吗？' },
      { id: '3', text: '转人工' },
    ],
  }

  make(
    'c-1',
    '张三',
    'zh',
    'agent',
    1,
    [
      ['customer', '你好，想问一下怎么退货', 1502],
      [
        'bot',
        '签收后 7 天内可以无理由退货：在“我的订单”里选择商品，点“申请退货”，我们会安排上门取件。',
        1502,
        { trace: trace('怎么退货？', 'k-1', 0.94) },
      ],
      ['customer', '好的谢谢', 1500],
      ['customer', '我收到的杯子裂了一条缝', 16],
      ['customer', [cup], 15.8],
      [
        'bot',
        [menu],
        15.7,
        {
          trace: menuTrace(0.46),
        },
      ],
      ['customer', '转人工', 15],
      ['state', 'waiting', 15],
      ['state', 'agent', 12, { assignee: { id: 'p-lina', name: '李娜' } }],
      ['note', '老客户，去年买过一整套，可以直接补发。订单 20261118-0042。', 11.5],
      ['li', '您好，我是李娜。很抱歉杯子在路上裂了，我马上给您补发一个新的。', 11],
      [
        'li',
        '不用把旧的寄回来。您看寄到原来的地址可以吗？\n物流信息会更新在 https://shop.example.com/orders/20261118-0042',
        10.8,
        { id: 'm-parcel' },
      ],
      [
        'customer',
        '可以的，太好了！',
        1,
        {
          replyTo: {
            id: 'm-parcel',
            author: { kind: 'agent', name: '李娜' },
            text: '不用把旧的寄回来。您看寄到原来的地址可以吗？ 物流信息会更新在 https://shop.example.com/orders/20261118-0042',
          },
        },
      ],
    ],
    {
      assignee: { id: 'p-lina', name: '李娜' },
      unread: 1,
      verified: true,
      attributes: {
        subject: 'user-42',
        email: 'zhangsan@example.com',
        phone: '138 0000 0042',
        page: 'https://shop.example.com/orders/20261118-0042',
        locale: 'zh-CN',
        tz: 'Asia/Shanghai',
        browser: 'Chrome 141 · Windows',
      },
    },
  )
  make(
    'c-2',
    '王芳',
    'zh',
    'waiting',
    2,
    [
      ['customer', '请问这款壶能放在电磁炉上吗', 8],
      ['bot', [menu], 8, { trace: menuTrace(0.38) }],
      ['customer', '转人工吧', 4.2],
      ['state', 'waiting', 4.2],
      ['customer', '在吗？', 2],
    ],
    { waits: 4.2, unread: 3 },
  )
  make(
    'c-3',
    'Emily Carter',
    'en',
    'waiting',
    1,
    [
      ['customer', 'Hi! Do you ship to Norway?', 3],
      [
        'bot',
        'Orders leave within 24 hours. Delivery takes 2 to 5 days.',
        3,
        { trace: trace('How long does delivery take?', 'k-4', 0.71), state: 'SENT' },
      ],
      ['customer', 'That is not what I asked. Can I talk to a human?', 1],
      ['state', 'waiting', 1],
    ],
    {
      waits: 1,
      unread: 1,
      attributes: { page: 'https://shop.example.com/en/teapots', locale: 'en-GB', tz: 'Europe/Oslo' },
    },
  )
  make('c-4', '', 'zh', 'bot', 7, [
    ['customer', '多久能收到货', 7],
    [
      'bot',
      '下单后 24 小时内发货，江浙沪 1 到 2 天，其他地区 2 到 5 天送达。',
      7,
      { id: 'm-time', trace: trace('多久能收到货？', 'k-3', 0.97) },
    ],
    ['rated', 2, 6.5, { messageId: 'm-time', text: '我问的是新疆要多久' }],
    [
      'customer',
      '新疆呢？',
      6,
      { replyTo: { id: 'm-gone', author: { kind: 'bot' }, text: '下单后 24 小时内发货，江浙沪 1 到 2 天' } },
    ],
  ])
  make('c-5', '刘大伟', 'zh', 'closed', 190, [
    ['customer', '发票抬头写错了能改吗', 240],
    ['state', 'agent', 235, { assignee: { id: 'p-wang', name: '王小明' } }],
    ['wang', '可以的，已经帮您作废重开，请查收邮箱。', 230],
    ['customer', '收到了，谢谢', 191],
    ['state', 'closed', 190],
  ])
  make(
    'c-6',
    'Jonas Berg',
    'en',
    'agent',
    26,
    [
      ['customer', 'The tracking number does not work.', 60],
      ['state', 'agent', 40, { assignee: { id: 'p-wang', name: '王小明' } }],
      ['wang', 'Let me check this with the courier.', 30],
      [
        'wang',
        'The courier has it. This is the new number: KF123456789.',
        28,
        { state: 'FAILED', trace: { failure: 'no answer after 10000 ms', mayHaveArrived: true } },
      ],
      [
        'wang',
        'Are you still there?',
        26,
        { state: 'FAILED', trace: { failure: 'the customer has blocked the account' } },
      ],
    ],
    { assignee: { id: 'p-wang', name: '王小明' } },
  )
  make(
    'c-7',
    '陈小姐',
    'zh',
    'agent',
    44,
    [
      ['customer', '批发 200 个杯子有优惠吗？', 70],
      ['state', 'agent', 50, { assignee: { id: 'p-lina', name: '李娜' } }],
      ['li', '200 个起可以享受八五折，我把报价单发给您。', 46],
      [
        'li',
        [
          {
            type: 'file',
            fileId: 'quote',
            name: '晴山小店 批发报价单 2026.pdf',
            mime: 'application/pdf',
            size: 182_000,
            url: '/api/files/cup',
            media: 'file',
          },
        ],
        45,
      ],
      ['customer', '好的，我看一下', 44],
    ],
    {
      assignee: { id: 'p-lina', name: '李娜' },
      desk: 'wholesale',
      channel: { key: 'wk_wholesale', title: '批发商城' },
      behind: 0,
    },
  )
  make('c-9', 'Camille Laurent', 'fr', 'closed', 29, inTwoLanguages)
  make('c-10', '沈青', 'zh', 'agent', 16, takenBackAndChanged, { assignee: { id: 'p-else', name: '张三' } })
  const long = Array.from({ length: 130 }, (_, index) => [
    index % 3 ? 'customer' : 'bot',
    index % 3 ? `第 ${index} 条消息` : `这是第 ${index} 条回答`,
    4000 - index * 6,
  ])
  make('c-8', '孙悟', 'zh', 'bot', 3220, long)
  for (let index = 0; index < 70; index++) {
    make(
      `c-n${index}`,
      ['林一', '周二', 'Mia Lund', '吴四', '郑五'][index % 5],
      index % 5 === 2 ? 'en' : 'zh',
      index % 2 ? 'closed' : 'bot',
      5000 + index * 311,
      [
        ['customer', index % 5 === 2 ? 'Where is my parcel?' : '我的包裹到哪里了？', 5001 + index * 311],
        [
          'bot',
          index % 5 === 2 ? 'You can follow it in “My orders”.' : '您可以在“我的订单”里查看物流。',
          5000 + index * 311,
          { trace: modelTrace },
        ],
      ],
    )
  }
  return made
}
