/** The worker's entry: computes the figures of the reading, and the runs that its questions are about. */
import { expose } from 'comlink';
import { outcomeOf, type Outcome } from '../../engine/tuning/outcome.ts';
import { openTrial, type TrialRequest } from '../../engine/tuning/trial.ts';
import { computeFigure } from './compute.ts';
import { figureOf } from './figures.ts';
import type { FigureData, KnobValues } from './format.ts';

const worker = {
  /** @param section whose figure it is */
  compute: async (section: string, knobs: KnobValues): Promise<FigureData> =>
    computeFigure(await figureOf(section), knobs),

  outcomes: (requests: TrialRequest[]): Outcome[] =>
    requests.map((request) => outcomeOf(openTrial(request).run(), request.figures)),
};

export type FigureWorker = typeof worker;

expose(worker);
