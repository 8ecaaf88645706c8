import { describe, expect, it } from 'vitest';
import { Cdn, type CdnAnswer, type CdnOptions, type HttpRequest, type HttpResponse } from './index.ts';

const URL = 'https://site.example/page';
const respond = (headers: Record<string, string>, body = 'page', status = 200): HttpResponse => ({
  status,
  headers,
  body,
});
const maxAge = (seconds: number, more = ''): HttpResponse =>
  respond({ 'cache-control': `max-age=${seconds}${more}`, etag: '"1"' });

const urls = (purged: readonly { request: HttpRequest }[]): string[] =>
  purged.map(({ request }) => request.url);

/** One edge and an origin that answers at once with what it is told; seconds in, what a client sees out. */
class Site {
  readonly cdn: Cdn;
  origin: HttpResponse | string = maxAge(60);
  asked: HttpRequest[] = [];

  constructor(options: Partial<CdnOptions> = {}) {
    this.cdn = new Cdn({ edges: ['edge'], ...options });
  }

  get(atSeconds: number, headers: Record<string, string> = {}, edge = 'edge', url = URL): CdnAnswer {
    return this.send(atSeconds, { url, headers }, edge);
  }

  send(atSeconds: number, request: HttpRequest, edge = 'edge'): CdnAnswer {
    const nowMs = atSeconds * 1000;
    const { ticket, answer, fetch } = this.cdn.request(edge, request, nowMs);
    if (!fetch) return answer!;
    this.asked.push(fetch.request);
    const outcome = typeof this.origin === 'string' ? { problem: this.origin } : { response: this.origin };
    const { answers } = this.cdn.respond(fetch.id, outcome, nowMs);
    return answer ?? answers.find((one) => one.ticket === ticket)!.answer;
  }

  /** Cache-Status of a plain request. */
  status(atSeconds: number, headers: Record<string, string> = {}, edge = 'edge'): string {
    return this.get(atSeconds, headers, edge).response.headers['cache-status']!;
  }
}

describe('freshness (RFC 9111, section 4.2)', () => {
  it('a hit while fresh, with Age and what is left; a validation once stale', () => {
    const site = new Site();
    expect(site.status(0)).toBe('edge; fwd=uri-miss; fwd-status=200; ttl=60; stored');
    expect(site.status(59)).toBe('edge; hit; ttl=1');
    expect(site.get(59).response.headers['age']).toBe('59');
    site.origin = respond({ 'cache-control': 'max-age=60' }, '', 304);
    expect(site.status(60)).toBe('edge; fwd=stale; fwd-status=304; ttl=60; stored');
    expect(site.asked.at(-1)!.headers!['if-none-match']).toBe('"1"');
    expect(site.get(119).response).toMatchObject({ status: 200, body: 'page' });
    expect(site.asked).toHaveLength(2);
  });

  const at0 = 'Thu, 01 Jan 1970 00:00:00 GMT';
  it.each([
    ['max-age', { 'cache-control': 'max-age=10' }, 10],
    ['s-maxage over max-age', { 'cache-control': 'max-age=10, s-maxage=20' }, 20],
    ['max-age over Expires', { 'cache-control': 'max-age=10', expires: 'Thu, 01 Jan 1970 01:00:00 GMT' }, 10],
    ['Expires less Date', { expires: 'Thu, 01 Jan 1970 00:00:30 GMT', date: at0 }, 30],
    ['an Expires that is none', { expires: '0', date: at0, etag: '"1"' }, 0],
    ['less the Age it came with', { 'cache-control': 'max-age=10', age: '4' }, 6],
    ['quoted', { 'cache-control': 'public, max-age="12"' }, 12],
    ['the first of two', { 'cache-control': 'max-age=5, max-age=50' }, 5],
    ['a max-age that is no number', { 'cache-control': 'max-age=soon', etag: '"1"' }, 0],
    ['no guess from Last-Modified', { 'last-modified': at0 }, 0],
  ])('%s', (_, headers, lifetime) => {
    const site = new Site();
    site.origin = respond(headers as Record<string, string>);
    expect(site.status(0)).toContain(`ttl=${lifetime}; stored`);
    expect(site.status(lifetime).includes('hit')).toBe(false);
    if (lifetime > 0) expect(new Site().status(0) && site.asked.length).toBe(2);
  });

  it('a response that was long under way has that age', () => {
    const { cdn } = new Site();
    const { fetch } = cdn.request('edge', { url: URL }, 0);
    cdn.respond(fetch!.id, { response: maxAge(10) }, 4000);
    const { answer } = cdn.request('edge', { url: URL }, 5000);
    expect(answer!.response.headers).toMatchObject({ age: '5', 'cache-status': 'edge; hit; ttl=5' });
  });
});

describe('what is stored (RFC 9111, section 3)', () => {
  it.each([
    ['no-store', { 'cache-control': 'no-store, max-age=60' }, 200, {}],
    ['private', { 'cache-control': 'private, max-age=60' }, 200, {}],
    ['no lifetime', {}, 200, {}],
    ['vary *', { 'cache-control': 'max-age=60', vary: '*' }, 200, {}],
    ['status', { 'cache-control': 'max-age=60' }, 206, {}],
    ['authorization', { 'cache-control': 'max-age=60' }, 200, { authorization: 'x' }],
    ['request no-store', { 'cache-control': 'max-age=60' }, 200, { 'cache-control': 'no-store' }],
  ])('not with %s', (reason, headers, status, asked) => {
    const site = new Site();
    site.origin = respond(headers as Record<string, string>, '', status);
    const said = site.status(0, asked as Record<string, string>);
    expect(said).toBe(`edge; fwd=uri-miss; fwd-status=${status}; detail="${reason}"`);
    expect(site.status(1, asked as Record<string, string>)).toContain('uri-miss');
  });

  it('with authorization when it is public', () => {
    const site = new Site();
    site.origin = respond({ 'cache-control': 'public, max-age=60' });
    site.get(0, { authorization: 'x' });
    expect(site.status(1, { authorization: 'y' })).toBe('edge; hit; ttl=59');
  });

  it('no-cache is stored and validated each time', () => {
    const site = new Site();
    site.origin = respond({ 'cache-control': 'no-cache, max-age=60', etag: '"1"' });
    site.get(0);
    expect(site.status(1)).toContain('fwd=stale');
  });

  it('errors may be stored when they say so', () => {
    const site = new Site();
    site.origin = respond({ 'cache-control': 'max-age=5' }, 'none', 404);
    site.get(0);
    expect(site.get(4).response).toMatchObject({ status: 404, body: 'none' });
  });
});

describe('requests (RFC 9111, sections 4.3.2 and 5.2.1)', () => {
  it.each([
    ['no-cache', 'fwd=request'],
    ['max-age=5', 'fwd=request'],
    ['min-fresh=55', 'fwd=request'],
    ['max-age=20', 'hit'],
    ['only-if-cached', 'hit'],
  ])('%s after ten seconds', (control, expected) => {
    const site = new Site();
    site.get(0);
    expect(site.status(10, { 'cache-control': control })).toContain(expected);
  });

  it('max-stale takes a stale one, but not where it must be revalidated', () => {
    const site = new Site();
    site.get(0);
    expect(site.status(70, { 'cache-control': 'max-stale=10' })).toBe(
      'edge; hit; ttl=-10; detail="max-stale"',
    );
    expect(site.status(71, { 'cache-control': 'max-stale=10' })).toContain('fwd=stale');
    site.origin = maxAge(60, ', must-revalidate');
    site.get(200);
    expect(site.status(270, { 'cache-control': 'max-stale' })).toContain('fwd=stale');
  });

  it('only-if-cached without a stored response is 504', () => {
    const site = new Site();
    expect(site.get(0, { 'cache-control': 'only-if-cached' }).response.status).toBe(504);
    expect(site.asked).toHaveLength(0);
  });

  it('304 to a client that has it, from the cache and on a miss', () => {
    const site = new Site();
    expect(site.get(0, { 'if-none-match': 'W/"1"' }).response).toMatchObject({ status: 304, body: '' });
    expect(site.asked[0]!.headers).not.toHaveProperty('if-none-match');
    expect(site.get(1, { 'if-none-match': '"0", "1"' }).response.status).toBe(304);
    expect(site.get(1, { 'if-none-match': '"2"' }).response.status).toBe(200);
  });

  it('a change that succeeds invalidates its target; one that fails does not', () => {
    const site = new Site();
    site.get(0);
    site.origin = respond({}, '', 400);
    expect(site.send(1, { url: URL, method: 'POST' }).response.status).toBe(400);
    expect(site.status(2)).toContain('hit');
    site.origin = respond({}, '', 204);
    expect(site.send(3, { url: URL, method: 'DELETE' }).statuses[0]).toMatchObject({ forward: 'method' });
    site.origin = maxAge(60);
    expect(site.status(4)).toContain('uri-miss');
  });

  it('HEAD is answered from a GET, without a body; ranges pass by', () => {
    const site = new Site();
    site.get(0);
    expect(site.send(1, { url: URL, method: 'HEAD' }).response).toMatchObject({ status: 200, body: '' });
    site.origin = respond({ 'cache-control': 'max-age=60' }, 'pa', 206);
    expect(site.status(2, { range: 'bytes=0-1' })).toContain('fwd=bypass');
  });
});

describe('Vary (RFC 9111, section 4.1)', () => {
  it('keeps one response for each value, and says vary-miss', () => {
    const site = new Site();
    const inLanguage = (language: string): HttpResponse =>
      respond({ 'cache-control': 'max-age=60', vary: 'Accept-Language' }, language);
    site.origin = inLanguage('fr');
    expect(site.status(0, { 'accept-language': 'fr' })).toContain('uri-miss');
    site.origin = inLanguage('ja');
    expect(site.status(1, { 'accept-language': 'ja' })).toContain('vary-miss');
    expect(site.get(2, { 'accept-language': 'fr' }).response.body).toBe('fr');
    expect(site.get(2, { 'accept-language': 'ja' }).response.body).toBe('ja');
    expect(urls(site.cdn.purge({ url: URL }, 3000))).toEqual([URL]);
    expect(site.status(4, { 'accept-language': 'ja' })).toContain('uri-miss');
  });
});

describe('stale-while-revalidate and stale-if-error (RFC 5861)', () => {
  it('answers stale at once, renews in the background, once for all', () => {
    const { cdn } = new Site();
    const first = cdn.request('edge', { url: URL }, 0);
    cdn.respond(first.fetch!.id, { response: maxAge(60, ', stale-while-revalidate=30') }, 0);
    const stale = cdn.request('edge', { url: URL }, 80_000);
    expect(stale.answer!.response.headers['cache-status']).toBe(
      'edge; hit; ttl=-20; detail="stale-while-revalidate"',
    );
    expect(stale.fetch).toMatchObject({ background: true, request: { headers: { 'if-none-match': '"1"' } } });
    const second = cdn.request('edge', { url: URL }, 81_000);
    expect(second.answer!.statuses[0]!.hit).toBe(true);
    expect(second.fetch).toBeUndefined();
    expect(cdn.respond(stale.fetch!.id, { response: maxAge(60) }, 82_000)).toEqual({
      answers: [],
      fetches: [],
    });
    // Under way for two seconds, then in the cache for one.
    expect(cdn.request('edge', { url: URL }, 83_000).answer!.response.headers['cache-status']).toBe(
      'edge; hit; ttl=57',
    );
  });

  it('after the window, the client waits', () => {
    const site = new Site();
    site.origin = maxAge(60, ', stale-while-revalidate=30');
    site.get(0);
    expect(site.status(90)).toContain('fwd=stale');
  });

  it.each([500, 502, 503, 504, 'no route'])(
    'stands in when the origin gives %s, up to its time',
    (failure) => {
      const site = new Site();
      site.origin = maxAge(60, ', stale-if-error=40');
      site.get(0);
      site.origin = typeof failure === 'number' ? respond({}, '', failure) : failure;
      const answer = site.get(100);
      expect(answer.response).toMatchObject({ status: 200, body: 'page' });
      expect(answer.statuses.at(-1)).toMatchObject({
        forward: 'stale',
        ttlSeconds: -40,
        detail: 'stale-if-error',
      });
      expect(site.get(101).response.status).toBe(typeof failure === 'number' ? failure : 502);
    },
  );

  it('no other status is an error, and must-revalidate forbids both', () => {
    const site = new Site();
    site.origin = maxAge(60, ', stale-if-error=40');
    site.get(0);
    site.origin = respond({}, 'gone', 404);
    expect(site.get(70).response.status).toBe(404);
    site.origin = maxAge(60, ', must-revalidate, stale-if-error=40, stale-while-revalidate=40');
    site.get(100);
    site.origin = respond({}, '', 503);
    expect(site.get(170).response.status).toBe(503);
  });
});

describe('request collapsing', () => {
  it('many ask, one goes to the origin', () => {
    const { cdn } = new Site();
    const first = cdn.request('edge', { url: URL }, 0);
    const others = [1, 2, 3].map((ms) => cdn.request('edge', { url: URL }, ms));
    expect(others.map(({ answer, fetch }) => answer ?? fetch)).toEqual([undefined, undefined, undefined]);
    const { answers, fetches } = cdn.respond(first.fetch!.id, { response: maxAge(60) }, 10);
    expect(answers.map(({ ticket }) => ticket)).toEqual([first, ...others].map(({ ticket }) => ticket));
    expect(answers[1]!.answer.response.headers['cache-status']).toBe(
      'edge; fwd=uri-miss; fwd-status=200; ttl=59; collapsed',
    );
    expect(fetches).toEqual([]);
  });

  it('what may not be shared is asked for by each, all at the same time', () => {
    const { cdn } = new Site();
    const [first] = [1, 2, 3].map(() => cdn.request('edge', { url: URL }, 0));
    const { answers, fetches } = cdn.respond(
      first!.fetch!.id,
      { response: respond({ 'cache-control': 'private' }) },
      5,
    );
    expect(answers).toHaveLength(1);
    expect(fetches).toHaveLength(2);
    for (const { id } of fetches) expect(cdn.respond(id, { response: maxAge(1) }, 6).answers).toHaveLength(1);
  });

  it('a failure is everybody’s failure', () => {
    const { cdn } = new Site();
    const [first] = [1, 2, 3].map(() => cdn.request('edge', { url: URL }, 0));
    const { answers } = cdn.respond(first!.fetch!.id, { problem: 'too slow', timeout: true }, 5);
    expect(answers.map(({ answer }) => answer.response.status)).toEqual([504, 504, 504]);
  });

  it('can be off', () => {
    const { cdn } = new Site({ collapse: false });
    expect([1, 2].map(() => cdn.request('edge', { url: URL }, 0).fetch?.id).every(Boolean)).toBe(true);
  });
});

describe('purging', () => {
  const tagged = (tags: string): HttpResponse =>
    respond({ 'cache-control': 'max-age=60, stale-if-error=60', ...(tags ? { 'cache-tag': tags } : {}) });

  it('by URL, by prefix, by Cache-Tag and by Surrogate-Key, and nothing else', () => {
    const site = new Site();
    const base = 'https://site.example/';
    const load = (): void => {
      site.cdn.purge({ prefix: base }, 0);
      for (const [path, tags] of Object.entries({ a: 'x,y', 'a/b': 'y', c: 'x' })) {
        site.origin = tagged(tags);
        site.get(0, {}, 'edge', base + path);
      }
      site.origin = respond({ 'cache-control': 'max-age=60', 'surrogate-key': 'x z' });
      site.get(0, {}, 'edge', `${base}d`);
    };
    for (const [target, gone] of [
      [{ url: `${base}a` }, 'a'],
      [{ prefix: `${base}a` }, 'a a/b'],
      [{ tag: 'x' }, 'a c d'],
      [{ tag: 'none' }, ''],
    ] as const) {
      load();
      const purged = urls(site.cdn.purge(target, 1000)).map((url) => url.slice(base.length));
      expect(purged.sort().join(' ')).toBe(gone);
      expect(site.cdn.figures('edge').urls).toBe(4 - purged.length);
    }
  });

  it('softly: stale, and still there when the origin fails', () => {
    const site = new Site();
    site.origin = tagged('x');
    site.get(0);
    expect(urls(site.cdn.purge({ tag: 'x' }, 10_000, { soft: true }))).toEqual([URL]);
    site.origin = 'down';
    expect(site.get(20).statuses[0]).toMatchObject({ ttlSeconds: -10, detail: 'stale-if-error' });
    site.origin = tagged('x');
    expect(site.status(30)).toContain('fwd=stale; fwd-status=200');
    expect(site.status(31)).toContain('hit');
  });

  it.each([{ url: URL }, { tag: 'x' }])(
    'what was under way when %j was purged is not kept, nor waited for',
    (target) => {
      const { cdn } = new Site();
      const before = cdn.request('edge', { url: URL }, 0);
      cdn.purge(target, 1);
      const after = cdn.request('edge', { url: URL }, 2);
      if ('url' in target) expect(after.fetch).toBeDefined();
      const { answers } = cdn.respond(before.fetch!.id, { response: tagged('x') }, 3);
      expect(answers[0]!.answer.response.headers['cache-status']).toContain('detail="purged meanwhile"');
      expect(cdn.figures('edge').urls).toBe(0);
    },
  );

  it('on some edges only', () => {
    const site = new Site({ edges: ['edge', 'far'] });
    site.get(0);
    site.get(0, {}, 'far');
    site.cdn.purge({ url: URL }, 1000, { edges: ['far'] });
    expect(site.status(2)).toContain('hit');
    expect(site.status(2, {}, 'far')).toContain('uri-miss');
  });
});

describe('regions and the shield', () => {
  it('without a shield the origin is asked by each region, with one once', () => {
    for (const [shield, times] of [
      [undefined, 3],
      ['shield', 1],
    ] as const) {
      const site = new Site({ edges: ['a', 'b', 'c'], shield });
      for (const edge of ['a', 'b', 'c']) expect(site.get(0, {}, edge).response.body).toBe('page');
      expect(site.asked).toHaveLength(times);
    }
  });

  it('says what each cache did, and the age counts from the origin', () => {
    const site = new Site({ edges: ['a', 'b'], shield: 'shield' });
    site.get(0, {}, 'a');
    expect(site.status(20, {}, 'b')).toBe(
      'shield; hit; ttl=40, b; fwd=uri-miss; fwd-status=200; ttl=40; stored',
    );
    expect(site.get(30, {}, 'b').response.headers).toMatchObject({
      age: '30',
      'cache-status': 'b; hit; ttl=30',
    });
  });

  it('two regions at the same time are one request at the shield', () => {
    const { cdn } = new Site({ edges: ['a', 'b'], shield: 'shield' });
    const one = cdn.request('a', { url: URL }, 0);
    const two = cdn.request('b', { url: URL }, 1);
    expect(two.fetch).toBeUndefined();
    const { answers } = cdn.respond(one.fetch!.id, { response: maxAge(60) }, 2);
    expect(answers.map(({ ticket }) => ticket)).toEqual([one.ticket, two.ticket]);
  });

  it('an edge validates against the shield', () => {
    const site = new Site({ edges: ['a', 'b'], shield: 'shield' });
    site.get(0, {}, 'a');
    site.origin = maxAge(100);
    expect(site.status(60, {}, 'b')).toContain(
      'shield; fwd=stale; fwd-status=200; ttl=100; stored, b; fwd=uri-miss',
    );
    expect(site.status(60, {}, 'a')).toBe(
      'shield; hit; ttl=100, a; fwd=stale; fwd-status=304; ttl=100; stored',
    );
  });

  it('an unknown edge is named', () => {
    expect(() => new Site().get(0, {}, 'mars')).toThrow('No edge "mars". There are: edge.');
  });
});
