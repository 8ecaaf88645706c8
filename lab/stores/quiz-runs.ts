/** Makes the runs that answer a question, in a worker. */
import { TrialRunner, type Trial, type TrialHand } from '../../engine/runner/trial-runner.ts';
import { webHand } from '../../engine/runner/trial-web-hand.ts';
import type { Outcome } from '../../engine/tuning/outcome.ts';
import type { TrialRequest } from '../../engine/tuning/trial.ts';

interface Numbered extends Trial {
  place: number;
}

/**
 * @param onShare is told how much is done, 0 to 1
 * @returns outcomes in the order of the requests; undefined when it was stopped
 * @throws TrialFailure
 */
export async function makeRuns(
  requests: readonly TrialRequest[],
  signal: AbortSignal,
  onShare: (share: number) => void,
  hire: () => TrialHand = webHand,
): Promise<Outcome[] | undefined> {
  const outcomes: Outcome[] = [];
  const wanted: Numbered[] = requests.map((request, place) => ({ request, place }));
  const runner = new TrialRunner(hire, 1);
  try {
    const end = await runner.run<Numbered>(
      {
        next: () => wanted.shift() ?? null,
        done: ({ place }, outcome) => void (outcomes[place] = outcome),
      },
      { signal, onProgress: ({ ended, underWay }) => onShare((ended + underWay) / requests.length) },
    );
    return end === 'done' ? outcomes : undefined;
  } finally {
    runner.close();
  }
}
