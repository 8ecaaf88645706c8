/**
 * The page's side of the conversation with one worker. It trusts nothing that comes: a message is of the known shape, has the number of
 * this run on it and answers the question that is open, or the session ends. The clocks are the page's.
 */
import { readMessage } from './answers.ts';
import { breach, lineOf, Stopped, tooLate, type Phase } from './endings.ts';
import { linesBefore, programOf } from './program.ts';
import type {
  Answer,
  Ended,
  FromWorker,
  Operation,
  SubjectShape,
  TestFailure,
  ToWorker,
} from './protocol.ts';
import { show, type Wire } from './values.ts';
import type { ConsoleLine, Ending } from './verdict.ts';

/** A way to a worker: a sandboxed frame in the browser (host.ts), a context of Node in tests (in-process.ts). */
export interface Link {
  say(text: string): void;
  /** Number of the operation that the worker began last; undefined when nobody answers. */
  where(): Promise<number | undefined>;
  /** Ends the worker, whatever it does. */
  close(): void;
}

export interface Listener {
  said(text: string): void;
  /** `line` of the program, 0 when unknown. */
  failed(message: string, line: number): void;
  breached(reason: string): void;
}

export type OpenLink = (program: string, listener: Listener) => Promise<Link>;

export interface Limits {
  /** For the learner's code to load. */
  loadMs: number;
  /** For the answers to one sequence of operations, or for a test between two questions. */
  answerMs: number;
  /** For all checks together. */
  totalMs: number;
}

/** An endless loop ends within 2 s: 1 s of patience, the rest for a busy machine. */
export const usualLimits: Limits = { loadMs: 1000, answerMs: 1000, totalMs: 20_000 };

/** For our own part of the worker to start. The learner's code has not run by then. */
const startMs = 10_000;
const mostLines = 101;
const mostQuestions = 1000;

/** What a learner's test said. */
export interface Outcome {
  checks: number;
  failure: TestFailure | null;
}

interface Waiting {
  take: (message: FromWorker) => boolean;
  reject: (reason: Error) => void;
}

export class Session {
  readonly console: ConsoleLine[] = [];
  exports: [name: string, type: string][] = [];
  private readonly run = unguessable();
  private link: Link | undefined;
  private waiting: Waiting | undefined;
  private ended: Stopped | undefined;
  private up: (() => void) | undefined;
  private batches = 0;
  private forget: (() => void) | undefined;
  private readonly limits: Limits;

  private constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Starts a worker and loads the learner's code. Throws Stopped. */
  static async open(
    openLink: OpenLink,
    javaScript: string,
    limits: Limits,
    { subject = null, signal }: { subject?: SubjectShape | null; signal?: AbortSignal } = {},
  ): Promise<Session> {
    const session = new Session(limits);
    const stop = () => session.end(stoppedByHand);
    signal?.addEventListener('abort', stop);
    session.forget = () => signal?.removeEventListener('abort', stop);
    try {
      if (signal?.aborted) throw new Stopped(stoppedByHand);
      await session.start(openLink, programOf(javaScript));
      const { run } = session;
      await session.request(limits.loadMs, 'load', { kind: 'load', run, subject }, (message, done) => {
        if (message.kind === 'failed')
          session.stop({
            kind: 'error',
            message: `Your code stopped while it loaded: ${show(message.value).replace(/\.$/, '')}.`,
            line: lineOf(message.stack),
          });
        if (message.kind !== 'loaded') return false;
        session.exports = message.exports;
        done(undefined);
        return true;
      });
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  private async start(openLink: OpenLink, program: string): Promise<void> {
    const started = new Promise<void>((resolve, reject) => {
      this.up = resolve;
      this.waiting = { take: () => false, reject };
    });
    started.catch(() => {});
    const timer = setTimeout(
      () =>
        this.end({
          kind: 'error',
          message: `The sandbox did not start within ${startMs / 1000} s. Reload the page and run again.`,
        }),
      startMs,
    );
    try {
      this.link = await openLink(program, {
        said: (text) => this.said(text),
        failed: (message, line) => this.failed(message, line),
        breached: (reason) => this.end(breach(reason)),
      });
      await started;
    } finally {
      clearTimeout(timer);
      this.waiting = undefined;
    }
  }

  /** Asks a sequence of operations. Throws Stopped. `fresh` forgets the objects of earlier ones. */
  ask(operations: Operation[], fresh = true): Promise<Answer[]> {
    const id = this.batches++;
    return this.request(
      this.limits.answerMs,
      'answer',
      { kind: 'batch', run: this.run, id, fresh, operations },
      (message, done) => {
        if (message.kind !== 'answers' || message.id !== id) return false;
        if (message.answers.length !== operations.length) return false;
        done(message.answers);
        return true;
      },
    );
  }

  /** Runs the learner's test; `answer` gives the answers of the subject. Throws Stopped, also that of the subject. */
  test(answer: (operation: Operation) => Promise<Ended>): Promise<Outcome> {
    let questions = 0;
    return this.request(
      this.limits.answerMs,
      'test',
      { kind: 'test', run: this.run },
      (message, done, again, pause) => {
        if (message.kind === 'outcome') {
          done({ checks: message.checks, failure: message.failure });
          return true;
        }
        if (message.kind !== 'ask' || message.id !== questions) return false;
        questions += 1;
        const { id, run } = message;
        if (questions > mostQuestions)
          this.stop({
            kind: 'timeout',
            message: `Your test asks its subject more than ${mostQuestions} times. Does its loop end?`,
          });
        // The subject has a clock of its own.
        pause();
        answer(message.operation).then(
          (ended) => {
            if (this.ended) return;
            again();
            this.say({ kind: 'told', run, id, answer: ended });
          },
          (error: Error) => this.end(error instanceof Stopped ? error.ending : breach(error.message)),
        );
        return true;
      },
    );
  }

  close(): void {
    this.ended ??= new Stopped(stoppedByHand);
    this.forget?.();
    this.link?.close();
    this.link = undefined;
  }

  private say(message: ToWorker): void {
    this.link?.say(JSON.stringify(message));
  }

  /**
   * Says `message` and waits at most `ms` for what `take` accepts; `pause` stops the clock and `again` starts it anew. Past the deadline the frame is asked where
   * the worker is: messages keep their order, so an answer that came while the page was busy is still counted as in time.
   */
  private request<T>(
    ms: number,
    what: Phase,
    message: ToWorker,
    take: (message: FromWorker, done: (value: T) => void, again: () => void, pause: () => void) => boolean,
  ): Promise<T> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise<T>((resolve, reject) => {
      let round = 0;
      let timer: ReturnType<typeof setTimeout>;
      const expire = async () => {
        const asked = ++round;
        const step = await this.link?.where();
        if (asked === round && this.waiting?.reject === refuse) this.end(tooLate(what, ms, step));
      };
      const pause = () => {
        round += 1;
        clearTimeout(timer);
      };
      const again = () => {
        pause();
        timer = setTimeout(() => void expire(), ms);
      };
      const over = () => {
        clearTimeout(timer);
        this.waiting = undefined;
      };
      const refuse = (reason: Error) => {
        over();
        reject(reason);
      };
      const done = (value: T) => {
        over();
        resolve(value);
      };
      this.waiting = { take: (heard) => take(heard, done, again, pause), reject: refuse };
      again();
      this.say(message);
    });
  }

  private said(text: string): void {
    if (this.ended) return;
    if (this.up) {
      if (text !== 'up') return this.end(breach('a message before its time'));
      this.up();
      this.up = undefined;
      return;
    }
    const message = readMessage(text);
    if (!message || message.run !== this.run) return this.end(breach('a message that is not of this run'));
    if (message.kind === 'console') return this.note(message.level, message.parts);
    try {
      if (!this.waiting?.take(message)) this.end(breach('an answer to no question'));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.end(error.ending);
    }
  }

  private note(level: ConsoleLine['level'], parts: Wire[]): void {
    if (this.console.length >= mostLines)
      return this.end(breach('more lines on the console than it may write'));
    const text = parts.map((part) => (typeof part === 'string' ? part : show(part))).join(' ');
    this.console.push({ level, text: text.slice(0, 2000) });
  }

  /** The worker met an error that nobody caught. While it starts, that is one of its syntax. */
  private failed(message: string, line: number): void {
    if (this.ended) return;
    const own = line > linesBefore ? line - linesBefore : undefined;
    const text = message.replace(/^Uncaught /, '');
    if (this.up) this.end({ kind: 'error', message: `${text.replace(/\.$/, '')}.`, line: own });
    else if (this.console.length < mostLines)
      this.console.push({ level: 'error', text: own ? `${text} (line ${own})` : text });
  }

  /** Ends from within `take`. */
  private stop(ending: Ending): never {
    throw new Stopped(ending);
  }

  private end(ending: Ending): void {
    if (this.ended) return;
    this.ended = new Stopped(ending);
    const { waiting } = this;
    this.close();
    waiting?.reject(this.ended);
  }
}

const stoppedByHand: Ending = { kind: 'error', message: 'The run was stopped.' };

function unguessable(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) =>
    word.toString(16).padStart(8, '0'),
  ).join('');
}
