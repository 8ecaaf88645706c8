import { LawSampler } from '../core/distributions.ts';
import { RandomStream } from '../core/random.ts';
import { AskedBatcher, type Gatherer } from './asked-batcher.ts';
import { Batcher, distribute, type BatchAnswers, type Distribution } from '../latency/batcher.ts';
import type { StationBatchSettings } from './guard-schema.ts';
import type { BatchingPlugIn } from './plug-ins.ts';
import type { Station } from './station.ts';
import { Tally } from './tally.ts';

/** Gathers the calls to one station, and draws what the station makes of a batch. */
export class StationBatch {
  /** A copy: size, window and faults may change while the run goes on. */
  readonly settings: StationBatchSettings;
  readonly batcher: Gatherer;
  /**
   * As of the last `count`: batches, their items, and what those waited to be gathered; items without an answer in their batch, those
   * asked for again, alone, and answers that went to the wrong item.
   */
  readonly tally = new Tally({
    batches: 0,
    items: 0,
    waitedMs: 0,
    missing: 0,
    individually: 0,
    misplaced: 0,
  });
  private readonly perItem: LawSampler;
  private readonly faults: RandomStream;

  constructor(
    settings: StationBatchSettings,
    station: Station,
    seed: number,
    waitMs: BatchingPlugIn | null = null,
  ) {
    const { name } = station;
    this.settings = { ...settings };
    this.batcher = waitMs
      ? new AskedBatcher(waitMs, () => Math.max(0, station.servers - station.busy))
      : new Batcher(this.settings);
    this.perItem = new LawSampler(settings.perItem, new RandomStream(seed, `item:${name}`));
    this.faults = new RandomStream(seed, `batch:${name}`);
  }

  /** What the items add to the service time of their batch. */
  itemsMs(items: number): number {
    let ms = 0;
    for (let i = 0; i < items; i++) ms += this.perItem.next();
    return ms;
  }

  /** The outcome of each item, in the order asked. An answer's value is the item that it was made for. What is asked alone is never missing. */
  outcomes(items: readonly number[]): Distribution<number> {
    const { now } = this.tally;
    const answers = this.answers(items);
    const distribution = distribute(items, answers, this.settings.whenCountDiffers);
    for (const outcome of distribution.outcomes)
      if (outcome.kind === 'answer' && outcome.value !== outcome.item) now.misplaced++;
    now.missing += distribution.individually.length;
    if (this.settings.fallback) now.individually += distribution.individually.length;
    return distribution;
  }

  /** Brings the tally up to date. */
  count(): void {
    const { batches, items, waitedMs } = this.batcher.counts;
    Object.assign(this.tally.now, { batches, items, waitedMs });
  }

  private answers(items: readonly number[]): BatchAnswers<number> {
    const { failedShare, shortShare, itemErrorShare, labelled } = this.settings;
    const { faults } = this;
    if (failedShare > 0 && faults.uniform() < failedShare) return { error: 'the batch failed' };
    const answers = items.map((item) => ({
      item,
      ...(itemErrorShare > 0 && faults.uniform() < itemErrorShare ? { error: 'refused' } : { value: item }),
    }));
    if (items.length > 1 && shortShare > 0 && faults.uniform() < shortShare)
      answers.splice(faults.below(answers.length), 1);
    return labelled ? { labelled: answers } : { inOrder: answers };
  }
}
