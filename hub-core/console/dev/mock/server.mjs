// A stand-in for the hub, for work on the console without one: the API with made-up people, in memory, and the built
// console under the same CSP as the hub's. `node dev/mock/server.mjs [port]`; sign in as lina, wang or auditor with any
// password, or as new (must change the password).
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { World, Refusal } from './world.mjs'
import { routes } from './routes.mjs'

const OUTPUT = fileURLToPath(new URL('../../../src/main/resources/console/', import.meta.url))
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}
const CSP =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; connect-src 'self'; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export function start(port = 8787, lively = true) {
  const world = new World(lively)
  const server = createServer((request, response) => {
    answer(world, request, response).catch((failure) => {
      if (failure instanceof Refusal) return problem(response, failure)
      console.error(failure)
      problem(response, new Refusal(500, 'internal', 'Internal error'))
    })
  })
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({
        world,
        port: server.address().port,
        stop: () => (world.stop(), server.closeAllConnections(), server.close()),
      }),
    ),
  )
}

function problem(response, { status, code, message, extra }) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' })
  response.end(JSON.stringify({ type: `/problems/${code}`, title: message, status, ...extra }))
}

async function answer(world, request, response) {
  const url = new URL(request.url, 'http://localhost')
  if (!url.pathname.startsWith('/api/')) return page(url.pathname, response)
  const session = world.session(request.headers.cookie)
  const match = routes
    .map((route) => ({ route, found: route.method === request.method && route.pattern.exec(url.pathname) }))
    .find(({ found }) => found)
  if (!match) throw new Refusal(404, 'not-found', 'Not found')
  if (!match.route.open && !session) throw new Refusal(401, 'signed-out', 'Not signed in')
  if (!match.route.open && session.mustChange && !url.pathname.startsWith('/api/session')) {
    throw new Refusal(403, 'password-change-needed', 'Change your password first')
  }
  if (!match.route.open && request.method !== 'GET' && request.headers['x-csrf'] !== session.csrf)
    throw new Refusal(403, 'csrf', 'Token missing')
  const call = {
    world,
    session,
    me: session?.person,
    id: match.found[1],
    names: match.found.slice(1),
    query: url.searchParams,
    request,
    response,
  }
  call.body = await bodyOf(request)
  const result = await match.route.handle(call)
  if (response.headersSent) return
  if (result === undefined) return response.writeHead(204).end()
  response.writeHead(match.route.status ?? 200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(result))
}

async function bodyOf(request) {
  if (request.method === 'GET') return undefined
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return request.headers['content-type']?.startsWith('application/json') ? JSON.parse(bytes.toString() || '{}') : bytes
}

async function page(path, response) {
  const inside = normalize(path.replace(/^\/console\/?/, '') || 'index.html')
  const file = extname(inside) ? inside : 'index.html'
  try {
    const bytes = await readFile(join(OUTPUT, file))
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': CSP,
      'X-Content-Type-Options': 'nosniff',
    })
    response.end(bytes)
  } catch {
    response.writeHead(404).end()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { port } = await start(Number(process.argv[2] ?? 8787))
  console.log(`http://127.0.0.1:${port}/console/`)
}
