/** One run of the simulator with the learner's part in it, in the sandbox. Every way it can go is an end; nothing is thrown. */
import type {
  ContestantOrder,
  ContestantReport,
  FaultReport,
  Progress,
} from '../../engine/runner/learner-protocol.ts';
import { lineOf } from '../grader/endings.ts';
import type { Link, OpenLink } from '../grader/session.ts';
import { linesBeforeSimulated, simulatorProgramOf } from '../grader/simulator-program.ts';
import { stripTypes, SyntaxProblem } from '../grader/strip-types.ts';
import { show } from '../grader/values.ts';
import type { ConsoleLine } from '../grader/verdict.ts';
import { readSimulatorMessage, type FromSimulator } from './messages.ts';

export interface SimulationLimits {
  /** For the learner's code to load. */
  loadMs: number;
  /** Without a sign of progress. */
  silenceMs: number;
  totalMs: number;
}

export const usualSimulationLimits: SimulationLimits = { loadMs: 2000, silenceMs: 2000, totalMs: 60_000 };

export type YoursEnd = { console: ConsoleLine[]; line?: number; column?: number } & (
  | { kind: 'report'; report: ContestantReport }
  | { kind: 'fault'; message: string; fault: FaultReport }
  /** `error`: what the code threw, or cannot be read. `stopped`: by hand. */
  | {
      kind: 'error' | 'timeout' | 'memory' | 'protocol' | 'stopped';
      message: string;
      progress: Progress | null;
    }
);

type Failure = Exclude<YoursEnd['kind'], 'report' | 'fault'>;

export interface YoursRun {
  source: string;
  /** With `reference: null`. */
  order: ContestantOrder;
  open: OpenLink;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  limits?: Partial<SimulationLimits>;
}

const mostLines = 101;
/** For our own part of the program to start. */
const startMs = 10_000;

export function runYours(run: YoursRun): Promise<YoursEnd> {
  let javaScript: string;
  try {
    javaScript = stripTypes(run.source);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { message, line, column } = error;
    return Promise.resolve({ kind: 'error', message, line, column, progress: null, console: [] });
  }
  return new Promise((resolve) => new YoursSession(run, resolve).start(simulatorProgramOf(javaScript)));
}

class YoursSession {
  private readonly name = crypto.randomUUID();
  private readonly limits: SimulationLimits;
  private readonly console: ConsoleLine[] = [];
  private link: Link | undefined;
  private state: 'starting' | 'loading' | 'running' | 'ended' = 'starting';
  private progress: Progress | null = null;
  /** Signs of life so far. */
  private heard = 0;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private total: ReturnType<typeof setTimeout> | undefined;
  private readonly stop = () => this.fail('stopped', 'The run was stopped.');

  constructor(
    private readonly run: YoursRun,
    private readonly resolve: (end: YoursEnd) => void,
  ) {
    this.limits = { ...usualSimulationLimits, ...run.limits };
  }

  start(program: string): void {
    const { signal, open } = this.run;
    if (signal?.aborted) return this.stop();
    signal?.addEventListener('abort', this.stop);
    this.total = setTimeout(
      () => this.fail('error', `The sandbox did not start within ${startMs / 1000} s. Reload the page.`),
      startMs,
    );
    open(program, {
      said: (text) => this.said(text),
      failed: (message, line) => this.failed(message, line),
      breached: (reason) => this.breach(reason),
    }).then(
      (link) => {
        this.link = link;
        if (this.state === 'ended') link.close();
        else if (this.state === 'loading') this.order();
      },
      (error: Error) => this.fail('error', error.message),
    );
  }

  private said(text: string): void {
    if (this.state === 'ended') return;
    if (this.state === 'starting') {
      if (text !== 'up') return this.breach('a message before its time');
      this.state = 'loading';
      clearTimeout(this.total);
      this.total = setTimeout(() => this.tooLong(), this.limits.totalMs);
      this.listen();
      // It may be up before the way to it is in our hands.
      return this.link && this.order();
    }
    const message = readSimulatorMessage(text);
    if (!message || message.run !== this.name) return this.breach('a message that is not of this run');
    this.take(message);
  }

  private order(): void {
    this.link!.say(JSON.stringify({ kind: 'simulate', run: this.name, order: this.run.order }));
  }

  private take(message: FromSimulator): void {
    switch (message.kind) {
      case 'loaded':
        if (this.state !== 'loading') return this.breach('a message out of its turn');
        this.state = 'running';
        return this.listen();
      case 'progress':
        this.progress = message.progress;
        this.listen();
        return this.run.onProgress?.(message.progress);
      case 'console':
        if (this.console.length >= mostLines)
          return this.breach('more lines on the console than it may write');
        this.console.push({
          level: message.level,
          text: message.parts
            .map((part) => (typeof part === 'string' ? part : show(part)))
            .join(' ')
            .slice(0, 2000),
        });
        return;
      case 'failed': {
        const what = show(message.value).replace(/\.$/, '');
        const phase = message.while === 'load' ? 'Your code stopped while it loaded' : 'The run broke off';
        return this.fail('error', `${phase}: ${what}.`, lineOf(message.stack, linesBeforeSimulated));
      }
      case 'end':
        return this.end(message.end);
    }
  }

  private end(end: Extract<FromSimulator, { kind: 'end' }>['end']): void {
    if (end.kind === 'report') {
      const { report } = end;
      if (report.seed !== this.run.order.seed) return this.breach('a report of another run');
      return this.finish({ kind: 'report', report, console: this.console });
    }
    const { fault } = end;
    const { call, expected, got, stack } = fault;
    const line = lineOf(stack, linesBeforeSimulated);
    const message = `${call}: expected ${expected}, got ${got}.`;
    this.finish({ kind: 'fault', message, fault, console: this.console, ...(line ? { line } : {}) });
  }

  /** The worker met an error that nobody caught; while it starts, one of the syntax. */
  private failed(message: string, line: number): void {
    if (this.state === 'ended') return;
    const own = line > linesBeforeSimulated ? line - linesBeforeSimulated : undefined;
    this.fail('error', `${message.replace(/^Uncaught /, '').replace(/\.$/, '')}.`, own);
  }

  /** A sign of life: the clock of silence begins anew. */
  private listen(): void {
    const heard = ++this.heard;
    clearTimeout(this.silence);
    const ms = this.state === 'loading' ? this.limits.loadMs : this.limits.silenceMs;
    this.silence = setTimeout(() => void this.silent(heard, ms), ms);
  }

  /** A frame that lives answers at once, and after what its worker said before: an answer means that the worker has stood still. */
  private async silent(heard: number, ms: number): Promise<void> {
    const step = await this.link?.where();
    if (heard !== this.heard || this.state === 'ended') return;
    if (step === undefined)
      this.fail(
        'memory',
        `The sandbox died, as it does when memory runs out. Does something grow without end?`,
      );
    else if (this.state === 'loading')
      this.fail(
        'timeout',
        `Your code did not finish loading within ${ms / 1000} s. Is there a loop outside of all functions that never ends?`,
      );
    else
      this.fail(
        'timeout',
        `One decision took more than ${ms / 1000} s. Is there a loop that never ends, or one that allocates without end?`,
      );
  }

  private tooLong(): void {
    const { progress, limits } = this;
    const reached = progress
      ? `${Math.round(progress.share * 100)} % of the run was done`
      : 'nothing was done';
    const cost =
      typeof progress?.callUs === 'number'
        ? `, at ${progress.callUs.toFixed(1)} µs for a decision in the middle`
        : '';
    this.fail(
      'timeout',
      `The run was ended after ${limits.totalMs / 1000} s: ${reached}${cost}. What does each decision look at?`,
    );
  }

  private breach(reason: string): void {
    this.fail('protocol', `The run was ended: the sandbox sent ${reason}.`);
  }

  private fail(kind: Failure, message: string, line?: number): void {
    const { progress, console } = this;
    this.finish({ kind, message, progress, console, ...(line ? { line } : {}) });
  }

  private finish(end: YoursEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    clearTimeout(this.total);
    clearTimeout(this.silence);
    this.run.signal?.removeEventListener('abort', this.stop);
    this.link?.close();
    this.resolve(end);
  }
}
