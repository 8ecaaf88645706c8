import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../engine/runner/learner-protocol.ts';
import type { Listener, OpenLink } from '../grader/session.ts';
import { linesBeforeSimulated, simulatorProgramOf } from '../grader/simulator-program.ts';
import { readSimulatorMessage } from './messages.ts';
import { runYours, type YoursEnd } from './yours.ts';

afterEach(() => void vi.useRealTimers());

/** A worker that says what the test says, and a clock that the test moves. */
function scripted({ frameLives = true } = {}) {
  vi.useFakeTimers();
  let listener!: Listener;
  let run = '';
  const closed = vi.fn();
  const open: OpenLink = (_program, given) => {
    listener = given;
    queueMicrotask(() => listener.said('up'));
    return Promise.resolve({
      say: (text) => void ({ run } = JSON.parse(text) as { run: string }),
      where: () => Promise.resolve(frameLives ? -1 : undefined),
      close: closed,
    });
  };
  const say = (message: object): void => listener.said(JSON.stringify({ run, ...message }));
  let end: YoursEnd | undefined;
  const heard: Progress[] = [];
  const controller = new AbortController();
  const begin = async (source = ''): Promise<void> => {
    void runYours({
      source,
      order: { kind: 'eviction', seed: 7, reference: null },
      open,
      signal: controller.signal,
      onProgress: (progress) => heard.push(progress),
    }).then((ended) => (end = ended));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { begin, say, heard, closed, controller, listener: () => listener, end: () => end };
}

const progress = (share: number): Progress => ({
  atS: share * 3600,
  share,
  requests: 1000,
  calls: 5000,
  callUs: 1.5,
});
const figures = {
  requests: 1,
  meanMs: 1,
  p50Ms: 1,
  p99Ms: null,
  hitRate: 0.5,
  errorRate: 0,
  costUsd: 0,
  quality: null,
};
const report = {
  seed: 7,
  fingerprint: '0123456789abcdef',
  whole: figures,
  phases: [figures],
  series: { stepS: 10, meanMs: [1], p99Ms: [null], hitRate: [1], errorRate: [0] },
  calls: 5,
  callUs: 0.5,
  tookMs: 100,
};

describe('a run of the learner’s part', () => {
  it('brings progress and a report', async () => {
    const one = scripted();
    await one.begin();
    one.say({ kind: 'loaded' });
    one.say({ kind: 'console', level: 'log', parts: ['hello', ['undefined']] });
    one.say({ kind: 'progress', progress: progress(0.5) });
    one.say({ kind: 'end', end: { kind: 'report', report } });
    await vi.advanceTimersByTimeAsync(0);
    expect(one.heard).toEqual([progress(0.5)]);
    expect(one.end()).toEqual({
      kind: 'report',
      report,
      console: [{ level: 'log', text: 'hello undefined' }],
    });
    expect(one.closed).toHaveBeenCalledOnce();
  });

  it('is ended after two silent seconds: a loop that never ends', async () => {
    const one = scripted();
    await one.begin();
    one.say({ kind: 'loaded' });
    await vi.advanceTimersByTimeAsync(1900);
    one.say({ kind: 'progress', progress: progress(0.1) });
    await vi.advanceTimersByTimeAsync(1900);
    expect(one.end()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(one.end()).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('One decision took more than 2 s'),
    });
    expect(one.end()).toMatchObject({ progress: progress(0.1) });
    expect(one.closed).toHaveBeenCalledOnce();
  });

  it('that loops while it loads is told so', async () => {
    const one = scripted();
    await one.begin();
    await vi.advanceTimersByTimeAsync(2100);
    expect(one.end()).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('did not finish loading'),
    });
  });

  it('whose frame has died has run out of memory', async () => {
    const one = scripted({ frameLives: false });
    await one.begin();
    one.say({ kind: 'loaded' });
    await vi.advanceTimersByTimeAsync(2100);
    expect(one.end()).toMatchObject({ kind: 'memory' });
  });

  it('that is slow is ended after a minute, with how far it got and what a decision takes', async () => {
    const one = scripted();
    await one.begin();
    one.say({ kind: 'loaded' });
    for (let second = 0; second < 60; second++) {
      one.say({ kind: 'progress', progress: progress(0.004 * second) });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(one.end()).toMatchObject({
      kind: 'timeout',
      message: expect.stringMatching(/after 60 s: 24 % of the run was done, at 1\.5 µs for a decision/),
    });
  });

  it('that threw is told with its line', async () => {
    const one = scripted();
    await one.begin();
    one.say({ kind: 'loaded' });
    const stack = `TypeError: no\n at victim (blob:null/1234:${linesBeforeSimulated + 12}:5)`;
    const fault = {
      ...progress(0.2),
      call: 'victim()',
      expected: 'an answer',
      got: 'an error: TypeError: no',
      stack,
    };
    one.say({ kind: 'end', end: { kind: 'fault', fault } });
    await vi.advanceTimersByTimeAsync(0);
    expect(one.end()).toMatchObject({
      kind: 'fault',
      line: 12,
      message: 'victim(): expected an answer, got an error: TypeError: no.',
    });
  });

  it('that cannot be read is told before anything starts', async () => {
    const one = scripted();
    await one.begin('\nexport class {{');
    expect(one.end()).toMatchObject({ kind: 'error', line: 2 });
    expect(one.closed).not.toHaveBeenCalled();
  });

  it('can be stopped', async () => {
    const one = scripted();
    await one.begin();
    one.controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(one.end()).toMatchObject({ kind: 'stopped' });
    expect(one.closed).toHaveBeenCalledOnce();
  });

  it.each([
    ['another run', { kind: 'progress', run: 'guessed', progress: progress(0.5) }],
    ['no known kind', { kind: 'passed' }],
    ['a share above 1', { kind: 'progress', progress: { ...progress(0.5), share: 2 } }],
    ['a report of another seed', { kind: 'end', end: { kind: 'report', report: { ...report, seed: 8 } } }],
    [
      'a report with more than it should have',
      { kind: 'end', end: { kind: 'report', report: { ...report, html: '<b>' } } },
    ],
    [
      'a series without end',
      {
        kind: 'end',
        end: {
          kind: 'report',
          report: { ...report, series: { ...report.series, meanMs: Array(2001).fill(1) } },
        },
      },
    ],
    ['loaded a second time', { kind: 'loaded' }],
  ])('a message of %s ends it', async (_, message) => {
    const one = scripted();
    await one.begin();
    one.say({ kind: 'loaded' });
    one.say(message);
    await vi.advanceTimersByTimeAsync(0);
    expect(one.end()).toMatchObject({ kind: 'protocol' });
  });

  it('that floods the console is ended', async () => {
    const one = scripted();
    await one.begin();
    for (let i = 0; i < 102; i++) one.say({ kind: 'console', level: 'log', parts: [i] });
    await vi.advanceTimersByTimeAsync(0);
    expect(one.end()).toMatchObject({ kind: 'protocol' });
  });
});

it('text that is no JSON is no message', () => expect(readSimulatorMessage('{')).toBeUndefined());

describe('the program', () => {
  it('can be read, ends with the learner’s code, and counts the lines before it', () => {
    const program = simulatorProgramOf('exports.x = 1;\nexports.y = 2;');
    expect(() => new Function(program)).not.toThrow();
    expect(program.split('\n')[linesBeforeSimulated]).toBe('exports.x = 1;');
  });

  it('has the simulator in it, with nothing to import', () => {
    const program = simulatorProgramOf('');
    expect(program).toContain('runContestant');
    expect(program).not.toMatch(/^\s*(import|export)\s/m);
    const sandbox = fileURLToPath(new URL('../grader/sandbox/simulator.js', import.meta.url));
    expect(readFileSync(sandbox, 'utf8')).toContain('runContestant');
  });
});
