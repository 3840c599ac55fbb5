import { randomUUID } from 'node:crypto'
import { on } from './on.mjs'

const MINUTE = 60_000
const ago = (minutes) => new Date(Date.now() - minutes * MINUTE).toISOString()
const hash = () => (randomUUID() + randomUUID()).replaceAll('-', '')
const STEPS = ['copied', 'inspected', 'loaded', 'cases', 'made', 'serving', 'drained']
const TOOK = [4, 61, 38, 12, 340, 1, 210]

const version = (plugin, number, more = {}) => ({
  hash: hash(),
  version: number,
  fileName: `${plugin}-${number}.jar`,
  origin: 'folder',
  firstSeen: ago(3000),
  serving: false,
  served: true,
  asks: { hosts: [], files: false, secrets: false, abilities: [] },
  warnings: [],
  ...more,
})

const field = (key, type, label, more = {}) => ({
  key,
  type,
  label,
  help: '',
  required: false,
  choices: [],
  choiceLabels: {},
  ...more,
})
const contribution = (kind, id, title, plugin, settings) => ({ kind, id, title, plugin, version: '1.0.0', settings })
const CONTRIBUTIONS = [
  contribution('channel', 'web', '网页聊天', 'channel-web', [
    field('origins', 'list', '允许的来源网址', { help: '每行一个；只有这些网站可以嵌入聊天。', defaultValue: '*' }),
    field('accent', 'text', '主题色', { defaultValue: '#0b756a' }),
    field('file-secret', 'secret', '文件链接的签名密钥'),
    field('connections', 'number', '最多连接数', { defaultValue: '10000' }),
  ]),
  contribution('filter', 'length', '长度与控制字符', 'filter-length', [
    field('limit', 'number', '最长字数', { defaultValue: '4000', help: '超过的部分会被截断。' }),
  ]),
  contribution('filter', 'words', '敏感词', 'filter-sensitive-words', [
    field('words', 'list', '词表', { required: true, help: '每行一个词。' }),
    field('verdict', 'choice', '命中时', { required: true, choices: ['hold', 'block', 'rewrite'] }),
    field('remember', 'duration', '记住多久', { defaultValue: '10m' }),
    field('api-key', 'secret', '词库服务的密钥', { required: true }),
    field('whole', 'flag', '只匹配整词', { defaultValue: 'false' }),
    field('extra', 'file', '附加词库'),
  ]),
  contribution('filter', 'mask-phone-numbers', '隐藏电话号码', 'mask-phone-numbers', [
    field('numbers', 'list', '不隐藏的号码', { help: '只写数字，每行一个，例如贵司热线。' }),
  ]),
  contribution('responder', 'hours', '营业时间自动回复', 'responder-hours', [
    field('text', 'text', '回复内容', { required: true }),
  ]),
]

const TITLES = {
  'channel-web': '网页聊天',
  'filter-sensitive-words': '敏感词',
  'filter-length': '长度与控制字符',
  'mask-phone-numbers': '隐藏电话号码',
}
const DESCRIPTIONS = { 'filter-sensitive-words': '按词表检查客户、机器人和客服所说的话，命中时留待审核、拦截或改写。' }

const side = (calls, errors, p50Ms, p95Ms, words) => ({ calls, errors, late: 0, p50Ms, p95Ms, words })
const said = (word, tags, ms) => ({ word, tags, ms })
const TRIAL = {
  hash: 'a'.repeat(64),
  version: '1.2.0',
  mode: 'shadow',
  instances: [
    {
      kind: 'filter',
      key: 'words',
      since: ago(20),
      serving: side(412, 0, 1.9, 6.2, { pass: 390, hold: 22 }),
      candidate: side(409, 1, 2.4, 9.8, { pass: 383, hold: 25 }),
      agreed: 401,
      differed: 8,
      dropped: 3,
      fallbacks: 0,
      differences: [
        {
          at: ago(2),
          conversation: 'c-1',
          stage: 'CUSTOMER_IN',
          aspect: 'word',
          serving: said('pass', [], 1.2),
          candidate: said('hold', ['退款'], 2.1),
        },
        {
          at: ago(9),
          conversation: 'c-4',
          stage: 'BOT_OUT',
          aspect: 'tags',
          serving: said('pass', ['greeting'], 0.8),
          candidate: said('pass', [], 0.9),
        },
      ],
    },
  ],
}

const instance = (kind, key, contributionId, more = {}) => ({
  kind,
  key,
  title: '',
  contribution: contributionId,
  contributionTitle: CONTRIBUTIONS.find((one) => one.id === contributionId)?.title,
  plugin: CONTRIBUTIONS.find((one) => one.id === contributionId)?.plugin,
  settings: {},
  secrets: [],
  enabled: true,
  desks: [],
  skippedStages: [],
  state: 'serving',
  problems: [],
  calls: 0,
  errors: 0,
  late: 0,
  meanMicros: 0,
  p50Micros: 0,
  p99Micros: 0,
  resting: false,
  ...more,
})

/** What holds an old version, once it was looked for. */
const WAY =
  'static java.util.logging.LogManager.manager > java.util.logging.LogManager.rootLogger > ' +
  'java.util.logging.Logger$ConfigurationData.handlers > java.util.concurrent.CopyOnWriteArrayList.array > ext.Registered'

const chainOf = (plugging) =>
  plugging.instances
    .filter(({ kind }) => kind === 'filter')
    .map(({ key }) => key)
    .join('.')

/** Plugins, what they offer, and the instances made of it; what is uploaded goes live as it would. */
export class Plugging {
  constructor() {
    this.streams = new Set()
    this.contributions = CONTRIBUTIONS
    this.instances = [
      instance('channel', 'wk_demo', 'web', { title: '官网聊天', desks: ['main'], managedBy: 'conf/channels.yaml' }),
      instance('channel', 'wk_wholesale', 'web', {
        title: '批发商城',
        desks: ['wholesale'],
        state: 'broken',
        secrets: ['file-secret'],
      }),
      instance('filter', 'length', 'length', { calls: 364012, errors: 3, p50Micros: 41, p99Micros: 380 }),
      instance('filter', 'words', 'words', {
        title: '零售敏感词',
        desks: ['main'],
        skippedStages: ['TO_MODEL'],
        secrets: ['api-key'],
        settings: { words: '假货\n退款', verdict: 'hold' },
        calls: 8123,
        late: 12,
        p50Micros: 2_300,
        p99Micros: 498_000,
        resting: true,
      }),
      instance('filter', 'words_2', 'words', {
        title: '批发敏感词',
        desks: ['wholesale'],
        state: 'outdated',
        problems: [{ setting: 'words', text: '至少要有一个词。' }],
        managedBy: 'conf/filters.yaml',
      }),
      instance('filter', 'mask-phone-numbers', 'mask-phone-numbers', {
        stages: ['CUSTOMER_IN', 'BOT_OUT', 'AGENT_OUT'],
      }),
      instance('filter', 'old', 'gone', { title: '旧的翻译过滤', state: 'no-plugin' }),
      instance('filter', 'night', 'length', { title: '夜间', enabled: false, state: 'off' }),
    ]
    const more = { hosts: ['api.translate.example.com'], files: true, secrets: true, abilities: ['exec'] }
    const words = [
      version('filter-sensitive-words', '1.2.0', { hash: TRIAL.hash, firstSeen: ago(25) }),
      version('filter-sensitive-words', '1.1.0', { serving: true, firstSeen: ago(50) }),
      version('filter-sensitive-words', '1.0.0', { origin: 'upload' }),
      version('filter-sensitive-words', '0.9.0', { setAside: '启动该版本时服务崩溃，已将其隔离。' }),
    ]
    this.plugins = [
      this.plugin('channel-web', 'serving', [version('channel-web', '1.0.0', { serving: true, origin: 'bundled' })], {
        calls: 182340,
        late: 2,
      }),
      this.plugin(
        'filter-length',
        'serving',
        [
          version('filter-length', '1.1.0', {
            asks: { ...more, hosts: ['log.example.com', ...more.hosts] },
            unapproved: more,
            signer: { name: 'CN=Example Software, C=CN', fingerprint: hash(), trusted: false },
            warnings: ['它自带了 SLF4J；系统里的会被采用。'],
            firstSeen: ago(4),
          }),
          version('filter-length', '1.0.0', {
            serving: true,
            asks: { hosts: ['log.example.com'], files: false, secrets: false, abilities: [] },
          }),
        ],
        { calls: 364012, errors: 3, detail: '它要求的权限比已同意的多。' },
      ),
      this.plugin('filter-sensitive-words', 'serving', words, {
        calls: 8123,
        late: 12,
        resting: true,
        trial: TRIAL,
        arrivals: { mode: 'canary', percent: 10 },
        leaks: [
          { version: '0.9.0', since: ago(300), holders: ['thread dictionary-reload'] },
          { version: '1.0.0', since: ago(60), holders: [] },
        ],
      }),
      this.plugin('hello', 'quarantined', [version('hello', '1.0.0')], {
        detail: '启动时中枢退出，已隔离；上一版仍在服务。',
      }),
      this.plugin('mask-phone-numbers', 'serving', [
        version('mask-phone-numbers', '1.0.0', { serving: true, fileName: 'mask-phone-numbers.wasm' }),
      ]),
      this.plugin('responder-hours', 'off', [version('responder-hours', '1.0.0')]),
    ]
    this.past = new Map(this.plugins.map(({ id, versions }) => [id, versions.map((one) => this.ended(id, one))]))
    this.refused = [
      {
        ...this.begun('notes.jar', 60),
        steps: [{ step: 'copied', ms: 2 }],
        outcome: 'refused',
        reason: '它不是插件：清单里没有 Plugin-Id。',
      },
    ]
    this.unloading = 1
  }

  plugin(id, state, versions, more = {}) {
    const serving = versions.find((one) => one.serving)
    return {
      id,
      title: TITLES[id] ?? id,
      description: DESCRIPTIONS[id] ?? '',
      provider: id === 'hello' ? '' : 'Kefu Hub',
      state,
      ...(serving ? { serving } : {}),
      contributions: serving
        ? this.contributions
            .filter((one) => one.plugin === id)
            .map(({ kind, id: of, title }) => ({ kind, id: of, title }))
        : [],
      instances: this.instances
        .filter((one) => one.plugin === id)
        .map(({ kind, key, title, state: how }) => ({ kind, key, title, state: how })),
      calls: 0,
      errors: 0,
      late: 0,
      resting: false,
      versions,
      leaks: [],
      ...more,
    }
  }

  begun(fileName, minutes = 0) {
    return {
      id: randomUUID(),
      plugin: '',
      version: '',
      hash: '',
      fileName,
      actor: 'hub',
      began: ago(minutes),
      steps: [],
    }
  }

  ended(id, one) {
    const steps = STEPS.map((step, index) => ({ step, ms: TOOK[index] }))
    const known = { plugin: id, version: one.version, hash: one.hash }
    return one.setAside
      ? {
          ...this.begun(one.fileName, 900),
          ...known,
          steps: steps.slice(0, 4),
          outcome: 'quarantined',
          reason: one.setAside,
        }
      : { ...this.begun(one.fileName, 300), ...known, steps, outcome: 'serving' }
  }

  tell(event, data = {}) {
    for (const send of this.streams) send(event, data)
  }

  /** Goes through the steps, as slowly as can be seen. */
  async arrives(fileName, patience = 250) {
    let now = this.begun(fileName)
    const [, id, number] = /^(.*)-(\d[\d.]*)\.jar$/.exec(fileName) ?? [undefined, '', '']
    const broken = !id || fileName.includes('broken')
    for (const [index, step] of STEPS.entries()) {
      this.tell('activation', now)
      await new Promise((then) => setTimeout(then, patience))
      if (broken && index === 2) break
      now = { ...now, steps: [...now.steps, { step, ms: TOOK[index] }] }
      if (index === 1 && id) now = { ...now, plugin: id, version: number, hash: hash() }
    }
    now = broken
      ? { ...now, outcome: 'refused', reason: '类 com.example.Broken 不存在；上一版继续服务。' }
      : { ...now, outcome: 'serving' }
    if (!broken) this.serves(id, version(id, number, { hash: now.hash, origin: 'upload', firstSeen: now.began }))
    if (id) this.past.set(id, [now, ...(this.past.get(id) ?? [])])
    this.tell('activation', now)
    this.tell('changed')
    return now
  }

  serves(id, one) {
    const before = this.plugins.find((plugin) => plugin.id === id)
    const others = (before?.versions ?? []).filter(({ hash: known }) => known !== one.hash)
    const versions = [{ ...one, serving: true }, ...others.map((other) => ({ ...other, serving: false }))]
    const now = this.plugin(id, 'serving', versions)
    this.plugins = before ? this.plugins.map((plugin) => (plugin === before ? now : plugin)) : [...this.plugins, now]
  }

  wrong(body) {
    const { settings } = this.contributions.find((one) => one.id === body.contribution) ?? { settings: [] }
    return settings.flatMap(({ key, type }) =>
      type === 'number' && Number(body.settings?.[key] ?? 1) < 1 ? [{ setting: key, text: '至少是 1。' }] : [],
    )
  }
}

const MODULE = {
  plugin: 'mask-phone-numbers',
  filter: 'mask-phone-numbers',
  version: '1.0.0',
  warm: true,
  calls: 2_140,
  passed: 2_071,
  rewritten: 66,
  held: 0,
  blocked: 0,
  failed: 3,
  stopped: 1,
  p50Micros: 31,
  p99Micros: 190,
  memoryBytes: 131_072,
  timeoutMs: 50,
  memoryLimitBytes: 4_194_304,
  keepsInstance: false,
}
const LINE = { filter: MODULE.filter, version: MODULE.version, conversation: 'c-1' }

export const pluginRoutes = [
  on('GET', '/api/filters', ({ world: { plugging } }) => ({
    filters: plugging.instances
      .filter(({ kind, enabled }) => kind === 'filter' && enabled)
      .map(({ key, calls, errors, deadlineMs = 500, whenFailed = 'pass' }, index) => {
        const count = (share) => ({
          passed: Math.round((calls - errors) * share * 0.97),
          rewritten: Math.round(calls * share * 0.03 * index),
          held: 0,
          blocked: 0,
          failed: Math.round(errors * share),
        })
        const failures = errors
          ? [{ at: new Date(Date.now() - 240_000).toISOString(), version: '1.0.0', why: 'no answer after 500 ms' }]
          : []
        const counts = { hour: count(0.1), day: count(0.8), sinceStart: count(1) }
        return { key, version: '1.0.0', deadlineMs, whenFailed, ...counts, failures }
      }),
  })),
  on('GET', '/api/filters/chain', ({ world: { plugging } }) => ({ chain: chainOf(plugging) })),
  on('POST', '/api/filters/try', ({ world: { plugging }, body }) => {
    let text = body.text
    const steps = plugging.instances
      .filter(({ kind, enabled }) => kind === 'filter' && enabled)
      .map(({ key, title, contributionTitle, plugin }) => {
        const masks = key.startsWith('mask')
        if (masks) text = text.replace(/(1\d{2})\d{4}(\d{4})/g, '$1****$2')
        const verdict = masks && text !== body.text ? 'rewrite' : 'pass'
        const named = { key, title: title || contributionTitle || key, plugin: plugin ?? 'hub', version: '1.0.0' }
        return { ...named, verdict, tags: [], micros: 340, whenFailed: 'hold', deadlineMs: 500, text }
      })
    return { chain: chainOf(plugging), language: 'zh-CN', outcome: 'passed', text, placeholders: {}, steps }
  }),
  on('GET', '/api/wasm', () => ({
    folder: '/srv/kefuhub/wasm',
    engine: 'GraalVM CE',
    interpreted: false,
    filters: [MODULE],
  })),
  on('GET', '/api/wasm/{plugin}/log', () => ({
    lines: [
      { ...LINE, at: ago(9), message: randomUUID(), level: 'info', text: '1 numbers hidden' },
      { ...LINE, at: ago(2), message: randomUUID(), level: 'warn', text: '12 numbers hidden' },
    ],
  })),
  on('GET', '/api/plugins', ({ world: { plugging } }) => ({
    plugins: plugging.plugins,
    underWay: [],
    refused: plugging.refused,
    folder: '/srv/kefuhub/plugins',
    unloading: plugging.unloading,
  })),
  on('POST', '/api/plugins', ({ world, query }) => world.plugging.arrives(query.get('name'))),
  on('GET', '/api/plugins/stream', ({ world: { plugging }, request, response }) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const send = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    send('changed', {})
    plugging.streams.add(send)
    request.on('close', () => plugging.streams.delete(send))
  }),
  on('DELETE', '/api/plugins/{plugin}', ({ world: { plugging }, id }) => {
    const { versions } = plugging.plugins.find((one) => one.id === id)
    const off = plugging.plugin(
      id,
      'off',
      versions.map((one) => ({ ...one, serving: false })),
    )
    plugging.plugins = plugging.plugins.map((one) => (one.id === id ? off : one))
    plugging.tell('changed')
  }),
  on('DELETE', '/api/plugins/{plugin}/versions', ({ world: { plugging }, id }) => {
    plugging.plugins = plugging.plugins.filter((one) => one.id !== id)
    plugging.tell('changed')
  }),
  on('DELETE', '/api/plugins/{plugin}/versions/{hash}', ({ world: { plugging }, names: [id, gone] }) => {
    const plugin = plugging.plugins.find((one) => one.id === id)
    plugin.versions = plugin.versions.filter(({ hash: known }) => known !== gone)
    plugging.tell('changed')
  }),
  on('GET', '/api/plugins/{plugin}/activations', ({ world, id }) => ({
    activations: world.plugging.past.get(id) ?? [],
  })),
  on('POST', '/api/plugins/{plugin}/versions/{hash}', ({ world: { plugging }, names: [id, wanted] }) => {
    const one = plugging.plugins.find((plugin) => plugin.id === id).versions.find(({ hash: known }) => known === wanted)
    plugging.serves(id, one)
    plugging.tell('changed')
    return plugging.ended(id, { ...one, setAside: undefined })
  }),
  on('POST', '/api/plugins/{plugin}/versions/{hash}/trial', ({ world: { plugging }, names: [id, wanted], body }) => {
    const plugin = plugging.plugins.find((one) => one.id === id)
    const one = plugin.versions.find(({ hash: known }) => known === wanted)
    plugin.trial = { ...TRIAL, ...body, hash: wanted, version: one.version }
    plugging.tell('changed')
    return { ...plugging.ended(id, { ...one, setAside: undefined }), outcome: 'on_trial' }
  }),
  on('DELETE', '/api/plugins/{plugin}/trial', ({ world: { plugging }, id }) => {
    const plugin = plugging.plugins.find((one) => one.id === id)
    plugin.trial = { ...plugin.trial, ended: '已由管理员撤回。' }
    plugging.tell('changed')
  }),
  on('POST', '/api/plugins/{plugin}/leaks/trace', async ({ world: { plugging }, id }) => {
    const plugin = plugging.plugins.find((one) => one.id === id)
    await plugging.tracing
    plugin.leaks = plugin.leaks.map((one) => (one.holders.length ? one : { ...one, holders: [WAY] }))
    plugging.tell('changed')
    return { leaks: plugin.leaks }
  }),
  on('PUT', '/api/plugins/{plugin}/arrivals', ({ world: { plugging }, id, body }) => {
    plugging.plugins.find((one) => one.id === id).arrivals = body.trial
  }),
  on('GET', '/api/contributions', ({ world }) => ({ contributions: world.plugging.contributions })),
  on('GET', '/api/instances', ({ world }) => ({ instances: world.plugging.instances })),
  on('PUT', '/api/instances/{kind}', ({ world: { plugging }, id: kind, body }) => {
    const place = (one) => body.keys.indexOf(one.key)
    const mine = plugging.instances.filter((one) => one.kind === kind).sort((a, b) => place(a) - place(b))
    plugging.instances = [...plugging.instances.filter((one) => one.kind !== kind), ...mine]
  }),
  on('PUT', '/api/instances/{kind}/{key}', ({ world: { plugging }, names: [kind, key], body, response }) => {
    const problems = plugging.wrong(body)
    if (problems.length) {
      response.writeHead(400, { 'Content-Type': 'application/problem+json' })
      const [{ setting, text }] = problems
      response.end(
        JSON.stringify({
          type: '/problems/invalid',
          title: 'Invalid',
          status: 400,
          detail: text,
          field: setting,
          problems,
        }),
      )
      return undefined
    }
    const before = plugging.instances.find((one) => one.kind === kind && one.key === key)
    const after = { ...instance(kind, key, body.contribution), ...before, ...body }
    after.state = after.enabled ? 'serving' : 'off'
    plugging.instances = before
      ? plugging.instances.map((one) => (one === before ? after : one))
      : [...plugging.instances, after]
    plugging.tell('changed')
    return after
  }),
  on('POST', '/api/instances/{kind}/{key}/check', ({ world, body }) => ({ problems: world.plugging.wrong(body) })),
  on('DELETE', '/api/instances/{kind}/{key}', ({ world: { plugging }, names: [kind, key] }) => {
    plugging.instances = plugging.instances.filter((one) => one.kind !== kind || one.key !== key)
    plugging.tell('changed')
  }),
]
