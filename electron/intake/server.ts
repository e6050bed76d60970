import { createReadStream } from 'node:fs'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { NONCE, readUploadId } from '../exchange/sync-protocol.ts'
import type { Signer } from '../exchange/trust.ts'
import type { Answered, Intake } from './accept.ts'
import { callerOf } from './auth.ts'
import { createRateLimit } from './rate.ts'
import { createUploads, UPLOADS } from './uploads.ts'

const PACKAGE_TYPE = 'application/vnd.youpin-onsite.evp+zip'
const HASH = /^[0-9a-f]{64}$/
const SECOND = 1000
const LIMITS = {
  /** All headers of a request must be there by then, the whole request by the second: a slow sender goes on where it was cut. */
  headersTimeout: 15 * SECOND,
  requestTimeout: 600 * SECOND,
  /** A connection that says nothing at all. */
  connectionTimeout: 60 * SECOND,
  keepAliveTimeout: 30 * SECOND,
  connections: 1000,
} as const

/** RFC 9457 problem. `verdict` and `problems` say why a package was refused. */
type ProblemBody = { status: number; title: string; detail?: string; verdict?: string; problems?: unknown }

/**
 * The receiving server: hello, resumable uploads (tus 1.0), receipts, roster, packages. It listens nowhere by itself. Every
 * answer a sender may rely on is a signed document; transport is never trusted.
 */
export async function createIntakeServer(intake: Intake): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    requestTimeout: LIMITS.requestTimeout,
    connectionTimeout: LIMITS.connectionTimeout,
    keepAliveTimeout: LIMITS.keepAliveTimeout,
    http: { headersTimeout: LIMITS.headersTimeout },
  })
  app.server.maxConnections = LIMITS.connections
  limitRate(app)
  app.setNotFoundHandler((_, reply) => problem(reply, { status: 404, title: 'not found' }))
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status >= 500) intake.report(error)
    return problem(reply, { status, title: status >= 500 ? 'internal error' : 'bad request' })
  })
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_, reply) => (intake.isReady() ? { ok: true } : notEnrolled(reply)))
  app.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(intake.metrics()))
  app.get<{ Querystring: { nonce?: string } }>('/v1/hello', async (request, reply) => {
    const nonce = request.query.nonce ?? ''
    return NONCE.test(nonce)
      ? intake.hello(nonce)
      : problem(reply, { status: 400, title: 'nonce: 16 to 64 hex digits' })
  })
  const uploads = createUploads(intake)
  serveReceipts(app, intake, uploads)
  serveLists(app, intake)
  serveUploads(app, intake, uploads)
  app.addHook('onReady', async () => {
    if (intake.isReady()) void uploads.sweep().catch(intake.report)
  })
  const sweep = setInterval(() => void uploads.sweep().catch(intake.report), 3600 * SECOND)
  sweep.unref()
  app.addHook('onClose', async () => clearInterval(sweep))
  await app.ready()
  return app
}

function limitRate(app: FastifyInstance): void {
  const rate = createRateLimit()
  app.addHook('onRequest', async (request, reply) => {
    const wait = rate.take(request.ip, performance.now())
    if (wait > 0) await problem(reply.header('Retry-After', wait), { status: 429, title: 'too many requests' })
  })
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) rate.punish(request.ip)
  })
}

type Uploads = ReturnType<typeof createUploads>

function serveReceipts(app: FastifyInstance, intake: Intake, uploads: Uploads): void {
  const answer = (reply: FastifyReply, found: Answered | null) => {
    if (found === null) return problem(reply.header('Retry-After', 2), { status: 404, title: 'not received' })
    if ('verdict' in found) return problem(reply, { status: 422, title: 'refused', ...found })
    return reply.send(found.receipt)
  }
  app.get<{ Params: { digest: string } }>('/v1/packages/:digest/receipt', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    const { digest } = request.params
    return HASH.test(digest) ? answer(reply, intake.answerForPackage(digest, caller.keyId)) : badHash(reply)
  })
  app.get<{ Params: { fileSha256: string } }>('/v1/files/:fileSha256', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    const { fileSha256 } = request.params
    if (!HASH.test(fileSha256)) return badHash(reply)
    const found = intake.answerForFile(fileSha256, caller.keyId)
    if (found !== null || !intake.isReady()) return answer(reply, found)
    await uploads.settle(fileSha256, caller.keyId)
    return answer(reply, intake.answerForFile(fileSha256, caller.keyId))
  })
}

function serveLists(app: FastifyInstance, intake: Intake): void {
  app.get('/v1/roster', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    return caller === null ? reply : intake.roster()
  })
  app.get<{ Querystring: { since?: string } }>('/v1/tasks', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    const since = Number(request.query.since ?? '0')
    if (!Number.isSafeInteger(since) || since < 0) return problem(reply, { status: 400, title: 'since: a cursor' })
    return { roster: intake.roster(), ...intake.tasksFor(caller, since) }
  })
  app.get<{ Querystring: { task?: string } }>('/v1/packages', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    return (
      intake.arrivals(caller, request.query.task ?? null) ??
      problem(reply, { status: 403, title: 'for leads and the office' })
    )
  })
  app.get<{ Params: { digest: string } }>('/v1/packages/:digest', async (request, reply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    const file = HASH.test(request.params.digest) ? intake.fileFor(caller, request.params.digest) : null
    if (file === null) return problem(reply, { status: 404, title: 'not here for you' })
    return reply.type(PACKAGE_TYPE).header('Content-Length', file.octets).send(createReadStream(file.path))
  })
}

function serveUploads(app: FastifyInstance, intake: Intake, uploads: Uploads): void {
  // The upload code reads the body itself; without a parser the type would be answered 415.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  const forward = async (request: FastifyRequest<{ Params: { id?: string } }>, reply: FastifyReply) => {
    const caller = await authenticated(request, reply, intake)
    if (caller === null) return reply
    if (!intake.isReady()) return notEnrolled(reply.header('Connection', 'close'))
    const { id } = request.params
    if (id !== undefined && readUploadId(id)?.sender !== caller.keyId) {
      return problem(reply.header('Connection', 'close'), { status: 404, title: 'no such upload' })
    }
    reply.hijack()
    try {
      await uploads.handle(caller.keyId, request.raw, reply.raw)
    } catch (error) {
      intake.report(error)
      reply.raw.destroy()
    }
    return reply
  }
  app.route({ method: ['POST', 'OPTIONS'], url: UPLOADS, handler: forward })
  app.route({ method: ['HEAD', 'PATCH', 'DELETE'], url: `${UPLOADS}/:id`, exposeHeadRoute: false, handler: forward })
}

/** The caller, or null after answering 401; what else the caller had to say is not read. */
async function authenticated(request: FastifyRequest, reply: FastifyReply, intake: Intake): Promise<Signer | null> {
  const caller = await callerOf(request.headers.authorization, intake)
  if (caller === null) {
    reply.header('WWW-Authenticate', 'Bearer').header('Connection', 'close')
    await problem(reply, { status: 401, title: 'not on the roster' })
  }
  return caller
}

const notEnrolled = (reply: FastifyReply): FastifyReply =>
  problem(reply.header('Retry-After', 60), {
    status: 503,
    title: 'not enrolled',
    detail: 'The key of this centre is not on the project roster with the role "centre" yet.',
  })

const badHash = (reply: FastifyReply): FastifyReply => problem(reply, { status: 400, title: '64 hex digits' })

function problem(reply: FastifyReply, body: ProblemBody): FastifyReply {
  return reply
    .status(body.status)
    .type('application/problem+json')
    .send({ type: 'about:blank', ...body })
}

function statusOf(error: unknown): number {
  const status = error !== null && typeof error === 'object' && 'statusCode' in error ? error.statusCode : 500
  return typeof status === 'number' ? status : 500
}
