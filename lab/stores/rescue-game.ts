import { proxy } from 'comlink';
import { endSOf, pullsAt, type Incident, type TimedPull } from '../../engine/rescue/rules.ts';
import { resultOf, type GameResult } from '../../engine/rescue/score.ts';
import type { Frame, RunInfo, RunRequest } from '../../engine/runner/protocol.ts';
import type { Connect } from './connection.ts';
import { scriptedEvents } from './live-settings.ts';
import { Series } from './series.ts';

/** A game from its first second to its last, as fast as the machine can. */
export interface WholeGame {
  pulls: readonly TimedPull[];
  result: GameResult;
  series: Series;
  info: RunInfo;
}

export const requestOfGame = (
  { scenario, overrides }: Pick<Incident, 'scenario' | 'overrides'>,
  seed: number,
  pulls: NonNullable<RunRequest['pulls']> = [],
): RunRequest & { scenario: string } => ({
  scenario,
  seed,
  ...(overrides.length > 0 ? { overrides: overrides.map((one) => ({ ...one })) } : {}),
  ...(pulls.length > 0 ? { pulls: pulls.map((one) => ({ ...one })) } : {}),
});

/** The score of a run as far as it has gone. */
export function scoreGame(
  incident: Incident,
  { scenario }: RunInfo,
  series: Series,
  pulls: number,
): GameResult {
  return resultOf(incident, series, {
    cells: scenario.fleet.cells,
    firstEventS: scriptedEvents(scenario)[0]?.atS ?? incident.startS,
    pulls,
  });
}

/** Plays a game in a worker of its own, which ends with it. @throws Error when the run cannot be made */
export async function playGame(
  connect: Connect,
  incident: Incident,
  seed: number,
  pulls: readonly TimedPull[],
  signal: AbortSignal,
): Promise<WholeGame> {
  let fail: (error: Error) => void = () => undefined;
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve, reject) => {
    arrive = resolve;
    fail = reject;
  });
  const connection = connect((message) => fail(new Error(message)));
  signal.addEventListener('abort', () => fail(new Error('The game was stopped.')));
  try {
    const endS = endSOf(incident);
    const frames: Frame[] = [];
    let take = (frame: Frame): void => void frames.push(frame);
    const info = await Promise.race([
      connection.simulation.open(
        requestOfGame(incident, seed, pullsAt(incident, pulls)),
        proxy((frame: Frame) => take(frame)),
      ),
      arrived.then((): never => {
        throw new Error('The game ended before it began.');
      }),
    ]);
    const series = new Series(info.columns, info.intervalS);
    take = (frame) => {
      series.append(frame.fromInterval, frame.rows, frame.series);
      if (frame.state === 'failed')
        fail(new Error(frame.error?.message ?? 'The simulation stopped and gave no reason.'));
      if (frame.nowS >= endS) arrive();
    };
    // The answer to `open` and the first frames come through different channels, in any order.
    for (const frame of frames) take(frame);
    await connection.simulation.skip(endS);
    await arrived;
    return { pulls, result: scoreGame(incident, info, series, pulls.length), series, info };
  } finally {
    connection.end();
  }
}
