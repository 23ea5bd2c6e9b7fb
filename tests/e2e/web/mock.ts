// A small server for the console's browser tests: web/dist under the production headers and any
// path prefix, the API from fixtures in one of several scenes. Run by hand: node --import tsx
// mock.ts [port] [scene].
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RiskPage } from '../../../web/src/api/api.gen.ts';
import { full, type Fixtures } from './fixtures.ts';
import { evaluation, noPlan, planPage } from './fixtures_decide.ts';
import { empty } from './fixtures_empty.ts';
import { ninesOverview, ninesPage } from './fixtures_nines.ts';
import { noRisk, riskPage } from './fixtures_risk.ts';
import { rangeResult } from './fixtures_series.ts';

export type Scene = 'full' | 'empty' | 'error' | 'stale' | 'replaying' | 'simulated';
export const TOKEN = 'token-of-the-mock';
export const CSP = "default-src 'self'; base-uri 'self'; frame-ancestors 'self'";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../../../web/dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface Mock {
  url: string; // ends with '/', the prefix included
  scene: Scene;
  posts: { path: string; body: unknown; token: string }[];
  acked: Set<string>;
  conditional: number; // answers that were 304
  close: () => Promise<void>;
}

// Starts the mock on a free port of loopback. `prefix` begins and ends with '/'.
export async function startMock(
  options: { scene?: Scene; prefix?: string; port?: number } = {},
): Promise<Mock> {
  const prefix = options.prefix ?? '/';
  const mock: Mock = {
    url: '',
    scene: options.scene ?? 'full',
    posts: [],
    acked: new Set(),
    conditional: 0,
    close: async () => {},
  };
  const server = createServer((request, response) => {
    void answer(mock, prefix, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready));
  mock.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  mock.close = () => closed(server);
  return mock;
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(
  mock: Mock,
  prefix: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock');
  response.setHeader('Content-Security-Policy', CSP);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!url.pathname.startsWith(prefix))
    return void response.writeHead(404).end('outside the prefix');
  const path = url.pathname.slice(prefix.length);
  const send = sender(mock, request, response);
  if (path === '-/ready') return ready(mock, response);
  if (!path.startsWith('api/')) return file(path, prefix, response);
  if (mock.scene === 'replaying')
    return send(503, refusal('unavailable', 'the store replays its log'));
  const body = request.method === 'POST' ? await bodyOf(request) : '';
  if (path.startsWith('api/v1/'))
    return prometheus(path, new URLSearchParams(body === '' ? url.search : body), send);
  if (mock.scene === 'error')
    return send(500, refusal('internal', 'the ledger cannot be read: disk I/O error'));
  if (request.method === 'POST') {
    const token = String(request.headers['x-daytwo-token'] ?? '');
    return posted(mock, path, body, token, send);
  }
  return fetched(mock, path, url.searchParams, send);
}

function ready(mock: Mock, response: ServerResponse): void {
  if (mock.scene === 'replaying')
    response
      .writeHead(503, { 'Content-Type': 'text/plain' })
      .end('Replaying the log: 41 % of 1.2 GiB, about 8 s left.\n');
  else response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ready\n');
}

function file(path: string, prefix: string, response: ServerResponse): void {
  const asset = join(dist, path);
  const isAsset = extname(path) !== '' && existsSync(asset);
  if (extname(path) !== '' && !isAsset && /^(assets\/|favicon)/.test(path))
    return void response.writeHead(404).end();
  const name = isAsset ? asset : join(dist, 'index.html');
  const raw = readFileSync(name);
  const content = isAsset
    ? raw
    : raw
        .toString('utf8')
        .replace('<base href="/">', `<base href="${prefix}">`)
        .replace('name="daytwo-token" content=""', `name="daytwo-token" content="${TOKEN}"`);
  response
    .writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    .end(content);
}

function refusal(code: string, text: string): unknown {
  return { error: { code, text, context: [], diagnostics: [] } };
}

// Writes one answer.
type Send = (status: number, value: unknown) => void;

function sender(mock: Mock, request: IncomingMessage, response: ServerResponse): Send {
  return (status, value) => json(mock, request, response, status, value);
}

function json(
  mock: Mock,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const text = JSON.stringify(value);
  const etag = `"${createHash('sha1').update(text).digest('hex').slice(0, 16)}"`;
  if (status === 200 && request.method === 'GET' && request.headers['if-none-match'] === etag) {
    mock.conditional += 1;
    return void response.writeHead(304, { ETag: etag }).end();
  }
  response.writeHead(status, { 'Content-Type': 'application/json', ETag: etag }).end(text);
}

// The server's present, on a grid of half a minute: it stays the same long enough for ETags to
// match.
function present(): number {
  return Math.floor(Date.now() / 30_000) * 30_000;
}

function fixtures(mock: Mock): Fixtures {
  const at = mock.scene === 'stale' ? present() - 40 * 60_000 : present();
  const chosen = mock.scene === 'empty' ? empty(at) : full(at);
  if (mock.scene === 'simulated') for (const page of Object.values(chosen)) page.simulated = true;
  chosen.pages.pages = chosen.pages.pages.map((row) =>
    mock.acked.has(row.id) ? { ...row, acked: at, acked_by: 'you' } : row,
  );
  return chosen;
}

function fetched(mock: Mock, path: string, params: URLSearchParams, send: Send): void {
  const data = fixtures(mock);
  const [, , , name = '', argument] = path.split('/');
  if (name === 'worries' && argument !== undefined) {
    const row =
      data.worries.worries.find((candidate) => candidate.id === argument) ??
      (data.worry.worry.id === argument ? data.worry.worry : undefined);
    if (row === undefined)
      return send(404, refusal('not_found', `no worry has the id ${argument}`));
    const own = data.worry.worry.id === row.id;
    return send(200, own ? data.worry : { ...data.worry, worry: row, written: '' });
  }
  if (name === 'worries') return send(200, data.worries);
  if (name === 'plan') {
    const number = (key: string): number | null =>
      params.has(key) ? Number(params.get(key)) : null;
    const at = data.loop.as_of;
    const page =
      mock.scene === 'empty' ? noPlan(at) : planPage(at, number('budget'), number('days'));
    return send(200, marked(mock, page));
  }
  if (name === 'risk') {
    const page = riskIn(mock.scene, params.get('with') ?? '', data.loop.as_of);
    return send(200, marked(mock, page));
  }
  if (name === 'nines' && argument === undefined) {
    const services = data.services.services.map((row) => row.name);
    const priced = mock.scene === 'empty' ? [] : ['checkout'];
    const page = ninesOverview(data.loop.as_of, services, priced);
    return send(200, marked(mock, page));
  }
  if (name === 'nines' && (mock.scene === 'empty' || argument !== 'checkout'))
    return send(404, refusal('not_found', `an hour of ${argument} down has no price`));
  if (name === 'nines') return send(200, marked(mock, ninesPage(data.loop.as_of)));
  if (name === 'services' && argument !== undefined) return send(200, data.service);
  const whole = argument === undefined ? name : `${name}/${argument}`;
  const page = (data as unknown as Record<string, unknown>)[whole];
  if (page === undefined) return send(404, refusal('not_found', `no such route: ${path}`));
  return send(200, page);
}

// Every answer of a simulated server says so.
function marked<T extends { simulated: boolean }>(mock: Mock, page: T): T {
  return mock.scene === 'simulated' ? { ...page, simulated: true } : page;
}

function riskIn(scene: Scene, put: string, at: number): RiskPage {
  const ids = put.split(',').filter((id) => id !== '');
  const page = scene === 'empty' ? noRisk(at) : riskPage(at, ids);
  return { ...page, simulated: scene === 'simulated' };
}

// The refusal of an interval whose ends are the wrong way round.
function upsideDown(text: string): unknown {
  const diagnostic = {
    file: '',
    line: 1,
    column: text.indexOf('8h') + 1,
    text: 'the low end is above the high end',
    source_line: text,
    expected: 'LOW to HIGH',
    suggestion: '2h to 8h',
  };
  return {
    error: {
      code: 'invalid',
      text: 'the interval is upside down',
      context: [],
      diagnostics: [diagnostic],
    },
  };
}

function posted(
  mock: Mock,
  path: string,
  body: string,
  token: string,
  send: Send,
): void {
  const value = JSON.parse(body === '' ? '{}' : body) as Record<string, unknown>;
  const short = path.replace('api/daytwo/v1/', '');
  mock.posts.push({ path: short, body: value, token });
  if (token !== TOKEN) return send(401, refusal('unauthenticated', 'this change needs a token'));
  const data = fixtures(mock);
  if (typeof value.text === 'string' && value.text.includes('8h to 2h')) {
    return send(400, upsideDown(value.text));
  }
  const ack = /^pages\/([^/]+)\/ack$/.exec(short)?.[1];
  if (ack !== undefined) mock.acked.add(decodeURIComponent(ack));
  if (short.startsWith('pages/')) return send(200, fixtures(mock).pages);
  if (short === 'calc') return send(200, evaluation(String(value.expression)));
  if (short === 'stakes') return send(200, data.stakes);
  if (short === 'worries' || /^worries\/[^/]+\/decide$/.test(short))
    return send(200, data.worry);
  return send(404, refusal('not_found', `no such route: ${short}`));
}

function prometheus(path: string, params: URLSearchParams, send: Send): void {
  const query = params.get('query') ?? '';
  if (path === 'api/v1/labels')
    return send(200, { status: 'success', data: ['__name__', 'instance', 'job', 'service'] });
  const label = /^api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
  if (label !== undefined) {
    const names = [
      'http_requests_total',
      'http_seconds_bucket',
      'node_cpu_seconds_total',
      'node_filesystem_avail_bytes',
      'node_memory_MemAvailable_bytes',
      'up',
    ];
    return send(200, {
      status: 'success',
      data: label === '__name__' ? names : ['checkout', 'payments'],
    });
  }
  if (path === 'api/v1/metadata')
    return send(200, {
      status: 'success',
      data: { up: [{ type: 'gauge', help: 'Whether the last scrape worked.', unit: '' }] },
    });
  if (query.includes('(') && !query.includes(')')) {
    return send(400, {
      status: 'error',
      errorType: 'bad_data',
      error: 'invalid parameter "query": 1:4: parse error: unclosed left parenthesis',
    });
  }
  if (path === 'api/v1/format_query') {
    return send(200, { status: 'success', data: query.replace(/\s+/g, ' ').trim() });
  }
  if (path === 'api/v1/query_range') {
    return send(
      200,
      rangeResult(
        query,
        Number(params.get('start')),
        Number(params.get('end')),
        Number(params.get('step')),
      ),
    );
  }
  if (path === 'api/v1/query') {
    const at = present() / 1000;
    return send(200, {
      status: 'success',
      data: {
        resultType: 'vector',
        result: [
          {
            metric: { __name__: 'up', instance: '127.0.0.1:8081', job: 'checkout' },
            value: [at, '1'],
          },
          {
            metric: { __name__: 'up', instance: '127.0.0.1:8082', job: 'payments' },
            value: [at, '0'],
          },
        ],
      },
    });
  }
  return send(404, { status: 'error', errorType: 'not_found', error: `no such path: ${path}` });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = await startMock({
    port: Number(process.argv[2] ?? 9421),
    scene: (process.argv[3] ?? 'full') as Scene,
  });
  console.log(`the console on fixtures: ${mock.url}`);
}
