import { proxy, wrap, type Endpoint } from 'comlink';
import { InputError } from '../core/errors.ts';
import type { Outcome } from '../tuning/outcome.ts';
import type { TrialRequest } from '../tuning/trial.ts';
import type { TrialFailureData, TrialReply, TrialWorker } from './trial-protocol.ts';

/** Something that wants a run made. */
export interface Trial {
  readonly request: TrialRequest;
}

/** Whoever knows which runs are wanted: an ablation, a sweep, a search. */
export interface TrialSource<T extends Trial = Trial> {
  /** The next one; null when none is wanted now. It is asked again when another trial has ended. */
  next(): T | null;
  done(trial: T, outcome: Outcome): void;
  /** A trial failed. True: the others go on without it. False or absent: the whole run ends with the failure. */
  failed?(trial: T, failure: TrialFailure): boolean;
  /** A trial that was taken is given back, since the run ends before it does. */
  release?(trial: T): void;
}

/** One worker as the runner holds it. */
export interface TrialHand {
  readonly worker: TrialWorker;
  terminate(): void;
  /** Calls back with the reason when the worker has died by itself. */
  onDeath(listener: (reason: string) => void): void;
}

/** Why a trial has no outcome. The message is fit for the learner. */
export class TrialFailure extends Error {
  override readonly name = 'TrialFailure';
  /** What was wrong with the request; undefined when the fault is not in the request. */
  readonly place: string | undefined;

  constructor(
    readonly request: TrialRequest,
    { message, place }: TrialFailureData,
  ) {
    super(message);
    this.place = place;
  }
}

export interface TrialProgress {
  /** Trials that ended since the run began, failed ones included. */
  ended: number;
  /** Trials under way, as the sum of their shares: 1.5 when one is finished to a half and another is about to end. */
  underWay: number;
}

interface Seat {
  readonly hand: TrialHand;
  trial: Trial | null;
  share: number;
}

type End = 'done' | 'stopped' | Error;

/** One call of `run`, from its first trial to its last. */
interface Shift {
  readonly source: TrialSource;
  readonly onProgress: (progress: TrialProgress) => void;
  readonly onEnd: (end: End) => void;
  /** To be tried once more, before the source is asked. */
  readonly again: Trial[];
  /** Trials whose worker died. */
  readonly died: Set<Trial>;
  ended: number;
}

/**
 * Spreads trials over workers and brings their outcomes back. Workers are made when there is work for them, kept from trial to trial
 * and from run to run, and replaced when they die. A trial that fails is not tried again; one whose worker died is, once.
 */
export class TrialRunner {
  private readonly seats = new Set<Seat>();
  private shift: Shift | null = null;

  /** @param hire makes a worker; @param workers how many there may be, 1 or more */
  constructor(
    private readonly hire: () => TrialHand,
    private readonly workers: number,
  ) {
    if (!Number.isSafeInteger(workers) || workers < 1)
      throw new InputError('workers', 'a whole number of 1 or more', String(workers));
  }

  /**
   * Runs until the source wants nothing more ("done") or the signal is given ("stopped": trials under way end where they are and
   * are given back). One run at a time. Rejects with a TrialFailure when a trial fails and the source does not go on without it,
   * with whatever `hire` or the source throws otherwise.
   */
  run<T extends Trial>(
    source: TrialSource<T>,
    options: { signal?: AbortSignal; onProgress?: (progress: TrialProgress) => void } = {},
  ): Promise<'done' | 'stopped'> {
    const { signal, onProgress = () => undefined } = options;
    return new Promise((resolve, reject) => {
      if (this.shift) throw new Error('The runner is at work already.');
      const stop = (): void => this.end('stopped');
      this.shift = {
        source,
        onProgress,
        onEnd: (end) => {
          signal?.removeEventListener('abort', stop);
          if (end instanceof Error) reject(end);
          else resolve(end);
        },
        again: [],
        died: new Set(),
        ended: 0,
      };
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
      else this.attempt(() => this.fill());
    });
  }

  /** Ends the workers; a run under way is stopped. */
  close(): void {
    this.end('stopped');
    for (const seat of this.seats) this.dismiss(seat);
  }

  /** Gives trials to free seats as long as there are both. */
  private fill(): void {
    for (;;) {
      const { shift } = this;
      if (!shift) return;
      const seats = [...this.seats];
      const free = seats.find(({ trial }) => trial === null);
      if (!free && seats.length >= this.workers) return;
      const trial = shift.again.shift() ?? shift.source.next();
      if (trial === null) {
        if (seats.every((seat) => seat.trial === null)) this.end('done');
        return;
      }
      try {
        this.start(free ?? this.newSeat(), trial);
      } catch (error) {
        shift.source.release?.(trial);
        throw error;
      }
    }
  }

  private newSeat(): Seat {
    const seat: Seat = { hand: this.hire(), trial: null, share: 0 };
    this.seats.add(seat);
    seat.hand.onDeath((reason) => this.attempt(() => this.onDeath(seat, reason)));
    const onShare = (share: number): void => {
      seat.share = share;
      this.attempt(() => this.tell());
    };
    // A worker that cannot even listen dies, and is reported so.
    seat.hand.worker.watch(onShare).catch(() => undefined);
    return seat;
  }

  private start(seat: Seat, trial: Trial): void {
    seat.trial = trial;
    seat.share = 0;
    const onReply = (reply: TrialReply): void => {
      // Neither of a run that has ended nor of a worker that has died since.
      if (this.seats.has(seat) && seat.trial === trial) this.attempt(() => this.onReply(seat, trial, reply));
    };
    seat.hand.worker
      .run(trial.request)
      .then(onReply, (error: unknown) => onReply({ failure: { message: asError(error).message } }));
  }

  private onReply(seat: Seat, trial: Trial, reply: TrialReply): void {
    const { shift } = this;
    if (!shift) return;
    seat.trial = null;
    shift.ended++;
    if ('outcome' in reply) shift.source.done(trial, reply.outcome);
    else this.onFailure(shift, trial, reply.failure);
    this.tell();
    this.fill();
  }

  private onFailure(shift: Shift, trial: Trial, data: TrialFailureData): void {
    const failure = new TrialFailure(trial.request, data);
    if (!shift.source.failed?.(trial, failure)) throw failure;
  }

  private onDeath(seat: Seat, reason: string): void {
    if (!this.seats.has(seat)) return;
    this.dismiss(seat);
    const { shift } = this;
    const { trial } = seat;
    if (!shift || !trial) return;
    if (shift.died.has(trial)) {
      shift.ended++;
      this.onFailure(shift, trial, { message: `The worker ended twice on this run: ${reason}.` });
    } else {
      shift.died.add(trial);
      shift.again.push(trial);
    }
    this.fill();
  }

  private tell(): void {
    if (!this.shift) return;
    const { onProgress, ended } = this.shift;
    let underWay = 0;
    for (const { trial, share } of this.seats) if (trial) underWay += share;
    onProgress({ ended, underWay });
  }

  private end(end: End): void {
    const { shift } = this;
    if (!shift) return;
    this.shift = null;
    const unfinished = [...shift.again];
    for (const seat of this.seats)
      if (seat.trial) {
        unfinished.push(seat.trial);
        this.dismiss(seat);
      }
    for (const trial of unfinished) shift.source.release?.(trial);
    shift.onEnd(end);
  }

  private dismiss(seat: Seat): void {
    this.seats.delete(seat);
    seat.hand.terminate();
  }

  /** An error of a trial, of the source or of `hire` ends the run. */
  private attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.end(asError(error));
    }
  }
}

/** A worker at the other end of a port. Deaths are reported by whoever has the worker itself, through `onDeath`. */
export function handOver(
  endpoint: Endpoint,
  terminate: () => void,
  onDeath: (listener: (reason: string) => void) => void,
): TrialHand {
  const remote = wrap<TrialWorker>(endpoint);
  return {
    worker: {
      watch: (onProgress) => remote.watch(proxy(onProgress)),
      run: (request) => remote.run(request),
      stop: () => remote.stop(),
    },
    terminate,
    onDeath,
  };
}

/** A worker in this very thread: for one that has no others. It shares the thread by yielding. */
export function ownHand(worker: TrialWorker): TrialHand {
  return { worker, terminate: () => void worker.stop(), onDeath: () => undefined };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
