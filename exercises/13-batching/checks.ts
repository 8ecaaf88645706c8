import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns, waits, type Besides } from '../grader/expectation.ts';
import { argumentsOf, call, create, fail, fake, fulfil } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

interface Request {
  prompt: string;
  model: string;
  handle: number;
}

interface Batch {
  model: string;
  openedMs: number;
  requests: Request[];
}

/** What has to be called and what ends, step by step; also tells the generator what can be answered. */
class Model {
  open: Batch[] = [];
  /** Calls of send and of sendOne, in their order; undefined once they are answered. */
  sent: (Batch | undefined)[] = [];
  alone: (Request | undefined)[] = [];

  add(request: Request, nowMs: number): Batch[] {
    let batch = this.open.find(({ model }) => model === request.model);
    if (!batch) {
      batch = { model: request.model, openedMs: nowMs, requests: [] };
      this.open.push(batch);
    }
    batch.requests.push(request);
    return batch.requests.length === 5 ? this.go([batch]) : [];
  }

  tick(nowMs: number): Batch[] {
    return this.go(this.open.filter(({ openedMs }) => nowMs >= openedMs + 100));
  }

  private go(due: Batch[]): Batch[] {
    this.open = this.open.filter((batch) => !due.includes(batch));
    this.sent.push(...due);
    return due;
  }

  /** Who is answered, and who has to be asked alone. */
  answered(nth: number, answers: unknown[]): { right: [Request, unknown][]; missing: Request[] } {
    const { requests } = this.sent[nth]!;
    this.sent[nth] = undefined;
    const isMissing = (_: Request, i: number) => answers[i] === undefined || answers[i] === null;
    const missing = requests.filter(isMissing);
    this.alone.push(...missing);
    const right = requests.map((request, i): [Request, unknown] => [request, answers[i]]);
    return { right: right.filter(([request]) => !missing.includes(request)), missing };
  }
}

const quoted = (requests: Request[]) => requests.map(({ prompt }) => `"${prompt}"`).join(', ');
const sends = (batches: Batch[]): Besides['calls'] =>
  batches.map(({ model, requests }) => ['send', model, requests.map(({ prompt }) => prompt)]);

function oracle(): Oracle {
  const state = new Model();
  const open = () =>
    state.open
      .map(({ model, openedMs, requests }) => `${model} since ${openedMs} ms, with ${requests.length}`)
      .join('; ') || 'none';
  const rule =
    'Each model has a batch of its own. It goes when it has 5 requests, or at the first tick that is 100 ms or more after it was opened; ' +
    'then it is closed.';

  return (operation, answer) => {
    if (operation.do === 'new') return returns(undefined);
    if (operation.do === 'settle') {
      const note = { asked: operation.fake, failed: operation.error !== null };
      return returns(undefined, settled(state, operation, note));
    }
    const method = operation.do === 'call' ? operation.method : '';
    if (method === 'tick') {
      const [nowMs] = argumentsOf(operation) as [number];
      const before = open();
      const calls = sends(state.tick(nowMs));
      const late =
        answer.did === 'waits'
          ? 'tick returns nothing: it starts every batch that is due and waits for none. '
          : '';
      return returns(undefined, {
        calls,
        settled: [],
        note: `${late}Open batches at ${nowMs} ms: ${before}. ${rule}`,
      });
    }
    const [model, prompt, nowMs] = argumentsOf(operation) as [string, string, number];
    const due = state.add({ model, prompt, handle: answer.handle ?? -1 }, nowMs);
    return waits({ calls: sends(due), settled: [], note: `Open batches after this: ${open()}. ${rule}` });
  };
}

type Settle = Extract<Operation, { do: 'settle' }>;

function settled(
  state: Model,
  operation: Settle,
  { asked, failed }: { asked: string; failed: boolean },
): Besides {
  const value = decode(operation.value);
  if (asked === 'sendOne') {
    const { handle, prompt } = state.alone[operation.call]!;
    state.alone[operation.call] = undefined;
    return {
      calls: [],
      settled: [failed ? { handle, error: 'refused' } : { handle, value }],
      note: `This is the answer to "${prompt}", asked alone, and belongs to its promise and to no other.`,
    };
  }
  const all = state.sent[operation.call]!.requests;
  const { right, missing } = state.answered(operation.call, failed ? [] : (value as unknown[]));
  return {
    calls: missing.map(({ model, prompt }) => ['sendOne', model, prompt]),
    settled: right.map(([{ handle }, own]) => ({ handle, value: own })),
    note:
      `The batch was ${quoted(all)}; the answer at each place belongs to the prompt at the same place. ` +
      (missing.length === 0
        ? 'Each has one. "" and 0 are answers.'
        : `Without an answer: ${quoted(missing)}. They are asked alone, all at once, and nobody else waits for them or fails with them.`),
  };
}

const [send, sendOne] = [fake('send'), fake('sendOne')];
const batcher = create('Batcher', send, sendOne);
const add = (model: string, prompt: string, nowMs: number) => call('add', model, prompt, nowMs);

const step = fc.record({
  what: fc.constantFrom(
    'add',
    'add',
    'add',
    'add',
    'tick',
    'send',
    'send',
    'sendOne',
    'send fails',
    'sendOne fails',
  ),
  model: fc.constantFrom('small', 'large'),
  prompt: fc.constantFrom('a', 'b', 'c'),
  laterMs: fc.constantFrom(0, 1, 40, 100),
  which: fc.nat({ max: 3 }),
  /** For each place: has it an answer? The list ends with the last. */
  places: fc.array(fc.constantFrom('text', 'text', 'empty', 'missing'), { maxLength: 6, size: 'max' }),
});

const sequences = fc.array(step, { maxLength: 16, size: 'max' }).map((steps): Operation[] => {
  const state = new Model();
  let [nowMs, answers] = [0, 0];
  const operations = [batcher];
  for (const { what, model, prompt, laterMs, which, places } of steps) {
    nowMs += laterMs;
    if (what === 'add') {
      operations.push(add(model, prompt, nowMs));
      state.add({ model, prompt, handle: -1 }, nowMs);
    } else if (what === 'tick') {
      operations.push(call('tick', nowMs));
      state.tick(nowMs);
    } else {
      const [name, fails] = what.split(' ');
      const asked = name === 'send' ? state.sent : state.alone;
      const open = [...asked.keys()].filter((i) => asked[i]);
      if (open.length === 0) continue;
      const nth = open[which % open.length];
      const answer = () => `answer ${(answers += 1)}`;
      const list = places.map((one) => (one === 'text' ? answer() : one === 'empty' ? '' : null));
      if (name === 'send') state.answered(nth, fails ? [] : list);
      else asked[nth] = undefined;
      operations.push(
        fails ? fail(name, nth, 'refused') : fulfil(name, nth, name === 'send' ? list : answer()),
      );
    }
  }
  return operations;
});

/** `prompts` for the model, at 0, 1, 2 … ms, sent as one batch. */
const batchOf = (...prompts: string[]) => [
  batcher,
  ...prompts.map((prompt, i) => add('small', prompt, i)),
  call('tick', 100),
];

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'five',
      title: 'sends five at once, and gives each its own answer',
      objective: 'size-or-time',
      operations: fc.constant([
        batcher,
        ...['a', 'b', 'c', 'd', 'e'].map((prompt) => add('small', prompt, 0)),
        add('small', 'f', 1),
        fulfil('send', 0, ['A', 'B', 'C', 'D', 'E']),
      ]),
      runs: 1,
    },
    {
      id: 'time',
      title: 'sends a batch 100 ms after its first request, whatever came since',
      objective: 'size-or-time',
      operations: fc.constant([
        batcher,
        add('small', 'a', 0),
        add('small', 'b', 60),
        call('tick', 99),
        call('tick', 100),
        call('tick', 200),
      ]),
      runs: 1,
    },
    {
      id: 'models',
      title: 'keeps models apart',
      objective: 'grouped',
      operations: fc.constant([
        batcher,
        add('small', 'a', 0),
        add('large', 'b', 10),
        add('small', 'c', 20),
        call('tick', 105),
        call('tick', 110),
        fulfil('send', 1, ['B']),
        fulfil('send', 0, ['A', 'C']),
      ]),
      runs: 1,
    },
    {
      id: 'closed',
      title: 'opens a new batch while the last one is still being answered',
      objective: 'grouped',
      operations: fc.constant([
        ...batchOf('a'),
        add('small', 'b', 110),
        call('tick', 200),
        fulfil('send', 0, ['A']),
        call('tick', 210),
        fulfil('send', 1, ['B']),
      ]),
      runs: 1,
    },
    {
      id: 'same-prompt',
      title: 'gives two callers with the same prompt an answer each',
      objective: 'own-answer',
      operations: fc.constant([...batchOf('a', 'b', 'a'), fulfil('send', 0, ['first', 'B', 'second'])]),
      runs: 1,
    },
    {
      id: 'missing',
      title: 'asks alone for what is missing, and for nothing else',
      objective: 'partial-failure',
      operations: fc.constantFrom(
        [...batchOf('a', 'b'), fulfil('send', 0, ['A']), fulfil('sendOne', 0, 'B')],
        [...batchOf('a', 'b', 'c'), fulfil('send', 0, ['A', null, 'C']), fulfil('sendOne', 0, 'B')],
        [...batchOf('a', 'b'), fulfil('send', 0, ['', 0])],
      ),
      runs: 30,
    },
    {
      id: 'batch-fails',
      title: 'asks each alone when the batch fails, and fails only what fails alone',
      objective: 'partial-failure',
      operations: fc.constant([
        ...batchOf('a', 'b', 'c'),
        fail('send', 0, 'refused'),
        fulfil('sendOne', 2, 'C'),
        fail('sendOne', 0, 'refused'),
        fulfil('sendOne', 1, 'B'),
      ]),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'own-answer',
      operations: sequences,
      runs: 60,
    },
  ],
};
