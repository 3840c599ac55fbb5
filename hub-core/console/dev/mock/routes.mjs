import { randomUUID } from 'node:crypto'
import { on } from './on.mjs'
import { pluginRoutes } from './plugins.mjs'
import { translationRoutes } from './translation.mjs'
import { now, Refusal } from './world.mjs'

const refPerson = ({ id, name }) => ({ id, name })
const mineOnly = (one, me) => {
  if (one.mode !== 'agent') throw new Refusal(409, 'not-taken', 'Nobody has taken it')
  if (one.assignee.id !== me.id)
    throw new Refusal(409, 'taken', 'Somebody else has this conversation', { assignee: one.assignee })
}
const sessionView = (session) => ({
  person: session.person,
  csrf: session.csrf,
  mustChangePassword: session.mustChange,
})
const page = (list, query, size) => {
  const from = Number(query.get('before') ?? 0)
  const limit = Number(query.get('limit') ?? size)
  return { rows: list.slice(from, from + limit), next: from + limit < list.length ? String(from + limit) : undefined }
}

const found = (list, id) => {
  const one = list.find((it) => it.id === id)
  if (!one) throw new Refusal(404, 'not-found', 'No such document')
  return one
}
const documentOf = (name, size) => ({
  id: randomUUID(),
  desk: 'main',
  name,
  format: 'pdf',
  size,
  state: 'reading',
  enabled: true,
  language: 'any',
  chunks: 0,
  reading: { read: 3, of: 12 },
  changedBy: 'person:lina',
  updatedAt: now(),
})

export const routes = [
  on(
    'POST',
    '/api/session',
    ({ world, body, response }) => {
      const person = world.people.find((one) => one.login === body.name)
      if (!person || body.password === 'wrong') throw new Refusal(401, 'wrong-password', 'Wrong')
      const session = { person, csrf: randomUUID(), mustChange: person.mustChangePassword ?? false }
      const cookie = randomUUID()
      world.sessions.set(cookie, session)
      response.setHeader('Set-Cookie', `kefuhub_session=${cookie}; HttpOnly; SameSite=Strict; Path=/`)
      return sessionView(session)
    },
    { open: true },
  ),
  on('GET', '/api/session', ({ session }) => sessionView(session)),
  on('DELETE', '/api/session', ({ world, session }) => {
    for (const [cookie, one] of world.sessions) if (one === session) world.sessions.delete(cookie)
  }),
  on('POST', '/api/session/password', ({ session, body }) => {
    if (body.old === 'wrong') throw new Refusal(422, 'wrong-password', 'Wrong')
    if (body.name !== undefined) session.person.name = body.name
    session.mustChange = false
    session.person.mustChangePassword = false
    return sessionView(session)
  }),

  on('GET', '/api/conversations/{id}/opinions', ({ world }) => ({
    opinions: [...(world.opinions ?? new Map())].map(([messageId, helpful]) => ({ messageId, helpful, mine: true })),
  })),
  on('PUT', '/api/messages/{id}/opinion', ({ world, id, body }) => {
    world.opinions ??= new Map()
    world.opinions.set(id, body.helpful)
  }),
  on('DELETE', '/api/messages/{id}/opinion', ({ world, id }) => {
    world.opinions?.delete(id)
  }),
  on('POST', '/api/messages/{id}/correction', ({ body }) => {
    if (body.question.includes('退货')) throw new Refusal(409, 'conflict', 'Asked already', { field: 'question' })
  }),

  on('GET', '/api/people', ({ world }) => ({ people: world.people })),
  on(
    'POST',
    '/api/people',
    ({ world, body }) => {
      if (world.people.some((one) => one.login === body.login)) throw new Refusal(409, 'name-taken', 'Taken')
      const person = {
        id: randomUUID(),
        desks: [],
        language: 'zh-CN',
        enabled: true,
        mustChangePassword: true,
        ...body,
      }
      world.people.push(person)
      return { person, password: 'h7Kq-29fM-xxTr' }
    },
    { status: 201 },
  ),
  on('PATCH', '/api/people/{id}', ({ world, id, body }) =>
    Object.assign(
      world.people.find((one) => one.id === id),
      body,
    ),
  ),
  on('POST', '/api/people/{id}/reset-password', ({ world, id }) => {
    const person = world.people.find((one) => one.id === id)
    person.mustChangePassword = true
    return { person, password: 'q4Rt-81mN-yyLp' }
  }),
  on('GET', '/api/tokens', ({ world }) => ({ tokens: world.tokens })),
  on(
    'POST',
    '/api/tokens',
    ({ world, body, session }) => {
      const token = {
        id: randomUUID(),
        hint: 'khk_h7Kq',
        aliases: [],
        desk: world.desks[0].id,
        createdBy: `person:${session.person.id}`,
        createdAt: new Date().toISOString(),
        ...body,
      }
      world.tokens.unshift(token)
      return { token, secret: 'khk_h7Kq29fMxxTrq4Rt81mNyyLph7Kq29fMxxTrq4Rt81mN' }
    },
    { status: 201 },
  ),
  on('DELETE', '/api/tokens/{id}', ({ world, id }) =>
    Object.assign(
      world.tokens.find((one) => one.id === id),
      { revokedAt: new Date().toISOString() },
    ),
  ),
  on('GET', '/api/desks', ({ world }) => ({ desks: world.desks })),

  on('GET', '/api/conversations', ({ world, me, query }) => {
    const view = query.get('view') ?? 'mine'
    const words = (query.get('q') ?? '').toLowerCase()
    const found = [...world.conversations.values()]
      .filter((one) =>
        view === 'mine' ? one.mode === 'agent' && one.assignee.id === me.id : view === 'all' || one.mode === 'waiting',
      )
      .filter((one) => !words || `${one.contact.name} ${JSON.stringify(one.events)}`.toLowerCase().includes(words))
      .sort((a, b) =>
        view === 'waiting' ? a.waitingSince.localeCompare(b.waitingSince) : b.lastAt.localeCompare(a.lastAt),
      )
    const { rows, next } = page(found, query, 50)
    return { conversations: rows.map((one) => world.summary(one)), next, counts: world.counts(me) }
  }),
  on('GET', '/api/conversations/{id}', ({ world, id }) => world.detail(world.find(id))),
  on('GET', '/api/conversations/{id}/events', ({ world, id, query }) => {
    const { events, feed } = world.find(id)
    const limit = Number(query.get('limit') ?? 100)
    if (query.has('after')) {
      const after = events.filter((event) => event.feed > Number(query.get('after')))
      return { events: after.slice(0, limit), lastFeed: feed, more: after.length > limit }
    }
    const before = events.filter((event) => event.feed < Number(query.get('before') ?? Infinity))
    return { events: before.slice(-limit), lastFeed: feed, more: before.length > limit }
  }),
  on('POST', '/api/conversations/{id}/take', ({ world, id, me, body }) => {
    const one = world.find(id)
    if (one.mode === 'agent' && one.assignee.id !== me.id && !body.force)
      throw new Refusal(409, 'taken', 'Taken', { assignee: one.assignee })
    if (one.mode !== 'agent' || one.assignee.id !== me.id) world.become(one, 'agent', refPerson(me))
    return world.detail(one)
  }),
  on('POST', '/api/conversations/{id}/reply', ({ world, id, me, body }) => {
    const one = world.find(id)
    mineOnly(one, me)
    const known = one.events.find((event) => event.message?.cid === body.cid)
    if (known) return { messageId: known.message.id, state: known.message.state, at: known.at }
    const parts = body.parts.map((part) => (part.type === 'text' ? part : world.files.get(part.uploadId).part))
    const stored = world.say(one, { kind: 'agent', ...refPerson(me) }, parts, {
      cid: body.cid,
    })
    world.react(one, stored)
    return { messageId: stored.message.id, state: 'READY', at: stored.at }
  }),
  on('POST', '/api/conversations/{id}/note', ({ world, id, me, body }) => {
    const note = {
      id: randomUUID(),
      author: { kind: 'agent', ...refPerson(me) },
      at: now(),
      text: body.text,
    }
    world.add(world.find(id), { kind: 'note', note }, false)
    return note
  }),
  on('POST', '/api/conversations/{id}/hand-back', ({ world, id, me }) => {
    const one = world.find(id)
    mineOnly(one, me)
    world.become(one, 'bot')
    return world.detail(one)
  }),
  on('POST', '/api/conversations/{id}/close', ({ world, id, me }) => {
    const one = world.find(id)
    mineOnly(one, me)
    world.become(one, 'closed')
    return world.detail(one)
  }),
  on('POST', '/api/conversations/{id}/read', ({ world, id, body }) => {
    const one = world.find(id)
    if (one.mode !== 'agent' || body.upTo <= one.agentReadSeq) return
    one.agentReadSeq = body.upTo
    world.add(one, { kind: 'read', by: 'agent', upTo: body.upTo })
  }),
  on('POST', '/api/conversations/{id}/typing', () => undefined),

  on(
    'POST',
    '/api/files',
    ({ world, body, request }) => {
      const boundary = /boundary=(.+)$/.exec(request.headers['content-type'])[1]
      const head = body.indexOf('\r\n\r\n')
      const name = /filename="([^"]*)"/.exec(body.subarray(0, head).toString())?.[1] ?? 'file'
      const mime = /Content-Type: (\S+)/i.exec(body.subarray(0, head).toString())?.[1] ?? 'application/octet-stream'
      const bytes = body.subarray(head + 4, body.lastIndexOf(`\r\n--${boundary}`))
      const id = randomUUID()
      const part = {
        type: 'file',
        fileId: id,
        name,
        mime,
        size: bytes.length,
        url: `/api/files/${id}`,
        media: mime.startsWith('image/') ? 'image' : 'file',
      }
      world.files.set(id, { part, bytes, mime })
      return { uploadId: id, name, size: bytes.length, type: mime }
    },
    { status: 201 },
  ),
  on('GET', '/api/files/{id}', ({ world, id, response }) => {
    const file = world.files.get(id)
    if (!file) throw new Refusal(404, 'not-found', 'No such file')
    response.writeHead(200, { 'Content-Type': file.mime }).end(file.bytes)
  }),

  on('GET', '/api/stream', ({ world, me, query, request, response }) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const send = (event, data, id) =>
      response.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    const stream = { me, send, conversation: query.get('conversation'), end: () => response.end() }
    send('hello', { stream: `${world.run}-${world.position}`, at: now() })
    const watched = world.conversations.get(stream.conversation)
    for (const event of watched?.events ?? []) {
      if (event.feed > Number(query.get('after') ?? 0)) send('event', { conversation: watched.id, event })
    }
    if (me.roles.some((role) => role === 'owner' || role === 'admin')) {
      send('provisioning', { problems: world.provisioning.problems.length, at: world.provisioning.readAt })
    }
    world.streams.add(stream)
    request.on('close', () => world.streams.delete(stream))
  }),

  on('GET', '/api/knowledge', ({ world, query }) => {
    const words = (query.get('q') ?? '').toLowerCase()
    const found = world.entries
      .filter((one) => !words || JSON.stringify(one).toLowerCase().includes(words))
      .filter((one) => !query.get('language') || one.language === query.get('language'))
      .filter((one) => !query.get('enabled') || String(one.enabled) === query.get('enabled'))
      .filter((one) => !query.get('desk') || one.desk === query.get('desk'))
    const { rows, next } = page(found, query, 50)
    return { entries: rows, next, total: found.length }
  }),
  on(
    'POST',
    '/api/knowledge',
    ({ world, body }) => {
      const entry = {
        desk: 'main',
        language: 'any',
        similar: [],
        audience: 'all',
        channels: [],
        enabled: true,
        ...body,
        id: randomUUID(),
        version: 1,
        updatedAt: now(),
      }
      world.entries.unshift(entry)
      return entry
    },
    { status: 201 },
  ),
  on('GET', '/api/knowledge/export', ({ world, query, response }) => {
    const text = world.entries.map((one) => `${one.question},${one.answer}`).join('\n')
    response
      .writeHead(200, {
        'Content-Type': query.get('format') === 'md' ? 'text/markdown' : 'text/csv',
        'Content-Disposition': `attachment; filename="knowledge.${query.get('format')}"`,
      })
      .end(text)
  }),
  on('GET', '/api/review', () => ({ held: [] })),
  on('GET', '/api/review/rules', ({ query }) => ({ days: Number(query.get('days') ?? 30), rules: [] })),
  on('GET', '/api/knowledge/unanswered', ({ world, query }) => {
    const { rows, next } = page(world.unanswered, query, 50)
    return { questions: rows, next }
  }),
  on('POST', '/api/knowledge/unanswered/{id}/dismiss', ({ world, id }) => {
    world.unanswered = world.unanswered.filter((one) => one.id !== id)
  }),
  on('POST', '/api/knowledge/try', ({ world, body }) => {
    const signs = new Set(body.question.toLowerCase().replace(/\W/gu, (sign) => sign))
    const candidates = world.entries
      .map((entry) => {
        const said = [...new Set(`${entry.question}${entry.similar.join('')}`.toLowerCase())]
        return {
          entry,
          score: Math.min(0.98, said.filter((sign) => signs.has(sign)).length / Math.max(4, signs.size)),
        }
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, 4)
      .map((one) => ({ ...one, reason: one.score > 0.8 ? '与相似问题几乎一样' : '有几个相同的词' }))
    const top = candidates[0]
    const decision = top.score > 0.8 ? 'direct' : top.score > 0.4 ? 'near' : 'nothing'
    return {
      decision,
      reason: decision === 'direct' ? '第一名明显领先，可以直接回答。' : '没有足够把握，给出相近的问题。',
      score: top.score,
      entry: decision === 'direct' ? top.entry : undefined,
      candidates,
    }
  }),
  on('GET', '/api/knowledge/documents', ({ world }) => ({
    documents: world.documents,
    vectors: { state: 'ready', model: 'embedding', done: 40, total: 40 },
  })),
  on(
    'POST',
    '/api/knowledge/documents',
    ({ world, query, body }) => {
      const one = documentOf(query.get('name'), body.length)
      world.documents.unshift(one)
      return one
    },
    { status: 201 },
  ),
  on('GET', '/api/knowledge/documents/{id}', ({ world, id }) => found(world.documents, id)),
  on('PUT', '/api/knowledge/documents/{id}', ({ world, id, body }) => Object.assign(found(world.documents, id), body)),
  on('DELETE', '/api/knowledge/documents/{id}', ({ world, id }) => {
    world.documents = world.documents.filter((one) => one.id !== id)
  }),
  on('GET', '/api/knowledge/documents/{id}/chunks', () => ({
    total: 1,
    chunks: [{ id: 'c-1', place: 1, headings: ['退货', '七天以内'], page: 2, text: '签收后七天内可以退货。' }],
  })),
  on('POST', '/api/knowledge/passages', () => ({
    meaning: 'off',
    passages: [
      {
        id: 'c-1',
        kind: 'chunk',
        title: '退货政策.pdf > 退货 > 七天以内',
        text: '签收后七天内可以退货。',
        score: 0.9,
        how: 'words',
        source: { document: 'd-1', name: '退货政策.pdf', headings: ['退货', '七天以内'], page: 2 },
      },
    ],
  })),
  on('GET', '/api/knowledge/proposals', ({ world }) => ({ proposals: world.proposals, total: world.proposals.length })),
  on('POST', '/api/knowledge/proposals/{id}/publish', ({ world, id, body }) => {
    world.proposals = world.proposals.filter((one) => one.id !== id)
    return { ...world.entries[0], ...body }
  }),
  on('POST', '/api/knowledge/proposals/{id}/dismiss', ({ world, id }) => {
    world.proposals = world.proposals.filter((one) => one.id !== id)
  }),
  on('POST', '/api/knowledge/import', ({ query, body }) => {
    const lines = body.toString().trim().split('\n').length
    const errors = body.toString().includes('!!') ? [{ line: 3, message: '缺少答案' }] : []
    return {
      added: Math.max(0, lines - 1),
      changed: 2,
      unchanged: 5,
      errors,
      dryRun: query.get('dryRun') === 'true',
    }
  }),
  on('GET', '/api/knowledge/{id}', ({ world, id }) => {
    const entry = world.entries.find((one) => one.id === id)
    if (!entry) throw new Refusal(404, 'not-found', 'No such entry')
    return entry
  }),
  on('PUT', '/api/knowledge/{id}', ({ world, id, body }) => {
    const entry = world.entries.find((one) => one.id === id)
    if (entry.version !== body.version) throw new Refusal(409, 'conflict', 'Changed meanwhile')
    return Object.assign(entry, body, { version: entry.version + 1, updatedAt: now() })
  }),
  on('DELETE', '/api/knowledge/{id}', ({ world, id }) => {
    world.entries = world.entries.filter((one) => one.id !== id)
  }),

  on('GET', '/api/channels', ({ world }) => ({ channels: world.channels })),
  on('GET', '/api/channels/{key}/doctor', ({ key }) => ({
    address: `https://chat.example.com/webhooks/${key}`,
    verifies: false,
    lastCall: { at: now(), outcome: 'refused', detail: 'the signature is wrong' },
    lastSend: { at: now(), outcome: 'fine', detail: '' },
    connection: { up: true, since: now() },
    delayMillis: 420,
    todo: [{ code: 'call-refused', about: 'the signature is wrong' }],
  })),
  ...translationRoutes,
  ...pluginRoutes,
  on('GET', '/api/audit', ({ world, query }) => {
    const found = world.audit
      .filter((one) => !query.get('actor') || one.actor === query.get('actor'))
      .filter((one) => !query.get('subject') || one.subject.includes(query.get('subject')))
    const { rows, next } = page(found, query, 100)
    return { entries: rows, next }
  }),
  on('GET', '/api/provisioning', ({ world }) => world.provisioning),
  on('GET', '/api/settings', ({ world }) => world.settings),
  on('PUT', '/api/settings', ({ world, body }) => Object.assign(world.settings, body)),
]
