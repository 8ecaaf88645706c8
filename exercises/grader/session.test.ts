import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stopped } from './endings.ts';
import { call, create, fail, fake, fakeReturning, fulfil, read, run } from './operations.ts';
import { openContext } from './in-process.ts';
import { Session, usualLimits, type Listener, type OpenLink } from './session.ts';
import { stripTypes } from './strip-types.ts';

const open = (source: string) => Session.open(openContext, stripTypes(source), usualLimits);
const values = async (session: Session, ...operations: Parameters<Session['ask']>[0]) =>
  (await session.ask(operations)).map(({ did, value }) => (did === 'returned' ? value : [did, value]));

describe('a session asks and is answered', () => {
  it('with the answers of each step, on new objects each time', async () => {
    const session = await open(`
      let made = 0;
      export class Counter { n = made++; add(by: number) { this.n += by; return this.n; } }
      export const twice = (x: number) => 2 * x;
    `);
    expect(session.exports).toEqual([
      ['Counter', 'function'],
      ['twice', 'function'],
    ]);
    const steps = [create('Counter'), call('add', 5), call('add', 1), read('n'), run('twice', 21)];
    expect(await values(session, ...steps)).toEqual([['undefined'], 5, 6, 6, 42]);
    expect(await values(session, ...steps)).toEqual([['undefined'], 6, 7, 7, 42]);
    session.close();
  });

  it('with errors as answers, and their line', async () => {
    const session = await open('export class A {\n  go() {\n    throw new RangeError("no");\n  }\n}');
    const [, thrown, missing] = await session.ask([create('A'), call('go'), call('stay')]);
    expect(thrown).toMatchObject({ did: 'threw', value: ['error', 'RangeError', 'no'] });
    expect(thrown.stack).toContain('blob:sandbox');
    expect(missing).toMatchObject({
      did: 'threw',
      value: ['error', 'TypeError', 'there is no method stay here'],
    });
    session.close();
  });

  it('with what promises come to, and with the calls of fakes', async () => {
    const session = await open(`
      export class Once {
        private readonly flying = new Map<string, Promise<unknown>>();
        constructor(private readonly load: (key: string) => Promise<unknown>, private readonly now: () => number) {}
        get(key: string) {
          const flying = this.flying.get(key) ?? this.load(key).finally(() => this.flying.delete(key));
          this.flying.set(key, flying);
          return flying;
        }
        async at() { return this.now(); }
      }
    `);
    const answers = await session.ask([
      create('Once', fake('load'), fakeReturning('now', 7)),
      call('get', 'a'),
      call('get', 'a'),
      fulfil('load', 0, 'A'),
      call('get', 'a'),
      fail('load', 1, 'down'),
      call('at'),
      fulfil('load', 5, 'nobody asked'),
    ]);
    expect(answers.map(({ did }) => did)).toEqual(
      'returned waits waits returned waits returned returned threw'.split(' '),
    );
    expect(answers[1].calls).toEqual([{ fake: 'load', call: 0, args: ['a'] }]);
    expect(answers[2].calls).toBeUndefined();
    expect(answers[3].settled).toMatchObject([
      { handle: 0, did: 'returned', value: 'A' },
      { handle: 1, did: 'returned', value: 'A' },
    ]);
    expect(answers[4].calls).toEqual([{ fake: 'load', call: 1, args: ['a'] }]);
    expect(answers[5].settled).toMatchObject([
      { handle: 2, did: 'threw', value: ['error', 'Error', 'down'] },
    ]);
    expect(answers[6]).toMatchObject({ did: 'returned', value: 7 });
    session.close();
  });

  it('without what promises of earlier objects come to', async () => {
    const session = await open(`
      let wake: (value: number) => void;
      export const hold = () => new Promise((resolve) => { wake = resolve; });
      export const free = () => wake(1);
      export const soon = async () => 5;
    `);
    expect(await session.ask([run('hold')])).toMatchObject([{ did: 'waits', handle: 0 }]);
    expect(await session.ask([run('free'), run('soon'), run('soon')])).toEqual([
      { did: 'returned', value: ['undefined'] },
      { did: 'returned', value: 5 },
      { did: 'returned', value: 5 },
    ]);
    session.close();
  });

  it('with what was written to the console, and no more of it than fits', async () => {
    const session = await open('for (let i = 0; i < 500; i++) console.info(i, { i }, [undefined]);');
    expect(session.console[0]).toEqual({ level: 'info', text: '0 { i: 0 } [undefined]' });
    expect(session.console).toHaveLength(101);
    expect(session.console[100].text).toContain('no more than 100 lines');
    session.close();
  });

  it('without clock, chance, timers or network', async () => {
    const session = await open(`
      export const tries = () => [
        () => Date.now(), () => new Date(), () => Math.random(), () => performance.now(), () => setTimeout(() => {}, 1),
        () => fetch('/'), () => new WebSocket('ws://x'), () => new Date(5).getTime(), () => new Date(2020, 1).constructor.now(),
      ].map((one) => { try { return one(); } catch (error) { return (error as Error).message; } });
    `);
    const [{ value }] = await session.ask([run('tries')]);
    expect((value as string[]).slice(1)).toEqual([
      'Date.now is not there: time is passed in, so use the argument that carries it.',
      'The present time is not there: time is passed in, so use the argument that carries it.',
      'Math.random is not there: randomness is passed in, so that a run can be repeated.',
      'performance.now is not there: time is passed in, so use the argument that carries it.',
      'setTimeout is not there: time is passed in, so use the argument that carries it.',
      'fetch is not there: the code runs without a network.',
      'WebSocket is not there: the code runs without a network.',
      5,
      'Date.now is not there: time is passed in, so use the argument that carries it.',
    ]);
    session.close();
  });
});

describe('a session ends', () => {
  const ending = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(Stopped);
    return (error as Stopped).ending;
  };

  it('when the code cannot load', async () => {
    expect(await ending(open('\nnull.x;'))).toMatchObject({ kind: 'error', line: 2 });
    expect(await ending(open('let a = 1;\nlet a = 2;'))).toMatchObject({ kind: 'error', line: 2 });
    expect(await ending(open("import x from 'y';\nx();"))).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('nothing to import'),
    });
  });

  it('when a loop never ends, with the number of the step', async () => {
    expect(await ending(open('for (;;);'))).toMatchObject({ kind: 'timeout' });
    const session = await open('export class A { go() {} hang() { for (;;); } }');
    expect(await ending(session.ask([create('A'), call('go'), call('hang'), call('go')]))).toMatchObject({
      kind: 'timeout',
      step: 2,
    });
    expect(await ending(session.ask([create('A')])), 'it stays ended').toMatchObject({ kind: 'timeout' });
  });
});

describe('a run can be stopped', () => {
  it('before and while code runs', async () => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const session = await Session.open(
      openContext,
      'exports.f = () => new Promise(() => {})',
      usualLimits,
      options,
    );
    const asked = session.ask([run('f')]);
    stop.abort();
    await expect(asked).rejects.toThrow('The run was stopped.');
    await expect(Session.open(openContext, '', usualLimits, options)).rejects.toThrow('The run was stopped.');
  });
});

describe('a session believes nothing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A worker whose every word is the test's. */
  function puppet(where: number | undefined = 3) {
    const heard: { kind: string; run: string; id: number }[] = [];
    let closed = false;
    let listener: Listener | undefined;
    const link: OpenLink = async (_program, to) => {
      listener = to;
      queueMicrotask(() => to.said('up'));
      return {
        say: (text) => void heard.push(JSON.parse(text)),
        where: () => Promise.resolve(where),
        close: () => (closed = true),
      };
    };
    const say = (message: object) => listener!.said(JSON.stringify(message));
    return {
      link,
      heard,
      say,
      raw: (text: string) => listener!.said(text),
      breach: (reason: string) => listener!.breached(reason),
      closed: () => closed,
      loaded: () => say({ kind: 'loaded', run: heard[0].run, exports: [] }),
    };
  }
  async function asking(where?: number) {
    const worker = puppet(...(where === undefined ? [] : [where]));
    const opening = Session.open(worker.link, '', usualLimits);
    await vi.advanceTimersByTimeAsync(1);
    worker.loaded();
    const session = await opening;
    const asked = session.ask([run('f')]).then(
      (answers) => answers,
      (error: Stopped) => error.ending,
    );
    return { ...worker, session, asked, run: worker.heard[1].run, id: worker.heard[1].id };
  }
  const right = [{ did: 'returned', value: 1 }];

  it('takes the answer to its question', async () => {
    const { say, asked, run, id } = await asking();
    say({ kind: 'answers', run, id, answers: right });
    expect(await asked).toEqual(right);
  });

  it.each([
    ['no JSON', () => 'passed'],
    ['null', () => 'null'],
    ['no run', () => '{"kind":"answers","id":0,"answers":[]}'],
    ['another run', (id: number) => JSON.stringify({ kind: 'answers', run: '0', id, answers: right })],
    [
      'another id',
      (id: number, run: string) => JSON.stringify({ kind: 'answers', run, id: id + 1, answers: right }),
    ],
    [
      'too few answers',
      (id: number, run: string) => JSON.stringify({ kind: 'answers', run, id, answers: [] }),
    ],
    [
      'too many',
      (id: number, run: string) =>
        JSON.stringify({ kind: 'answers', run, id, answers: [...right, ...right] }),
    ],
    [
      'no value',
      (id: number, run: string) =>
        JSON.stringify({ kind: 'answers', run, id, answers: [{ did: 'returned', value: {} }] }),
    ],
    [
      'another kind',
      (_: number, run: string) => JSON.stringify({ kind: 'outcome', run, checks: 1, failure: null }),
    ],
    ['a verdict', (_: number, run: string) => JSON.stringify({ kind: 'passed', run })],
  ])('%s ends it', async (_name, text) => {
    const { raw, asked, run, id, closed } = await asking();
    raw(text(id, run));
    expect(await asked).toMatchObject({ kind: 'protocol' });
    expect(closed()).toBe(true);
  });

  it('an answer to no question ends it, and so does a flood of lines', async () => {
    const first = await asking();
    const answers = { kind: 'answers', run: first.run, id: first.id, answers: right };
    first.say(answers);
    await first.asked;
    first.say(answers);
    expect(first.closed()).toBe(true);

    const second = await asking();
    for (let i = 0; i < 102; i++) second.say({ kind: 'console', run: second.run, level: 'log', parts: [i] });
    expect(await second.asked).toMatchObject({ kind: 'protocol' });
  });

  it('a breach at the frame ends it', async () => {
    const { breach, asked } = await asking();
    breach('a message that is no text');
    expect(await asked).toMatchObject({ kind: 'protocol', message: expect.stringContaining('no text') });
  });

  it('silence ends it; when the frame is silent, too, the sandbox has died', async () => {
    const slow = await asking(4);
    await vi.advanceTimersByTimeAsync(usualLimits.answerMs);
    expect(await slow.asked).toMatchObject({ kind: 'timeout', step: 4 });

    const worker = puppet(undefined);
    const link: OpenLink = async (program, to) => ({
      ...(await worker.link(program, to)),
      where: () => Promise.resolve(undefined),
    });
    const opening = Session.open(link, '', usualLimits).catch((error: Stopped) => error.ending);
    await vi.advanceTimersByTimeAsync(1 + usualLimits.loadMs);
    expect(await opening).toMatchObject({ kind: 'memory' });
  });

  it('an answer that lay waiting while the page was busy is in time', async () => {
    const worker = await asking();
    const { asked, say, run, id } = worker;
    vi.advanceTimersByTime(usualLimits.answerMs);
    say({ kind: 'answers', run, id, answers: right });
    expect(await asked).toEqual(right);
  });

  it('a sandbox that does not start is not waited for', async () => {
    const opening = Session.open(
      async () => ({ say: () => {}, where: () => Promise.resolve(undefined), close: () => {} }),
      '',
      usualLimits,
    ).catch((error: Stopped) => error.ending);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await opening).toMatchObject({ kind: 'error', message: expect.stringContaining('did not start') });
  });
});
