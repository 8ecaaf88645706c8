import type { Scenario } from '../../engine/simulation/scenario.ts';
import { KNOWN } from '../../engine/rescue/known.ts';
import { parPulls, type Incident, type TimedPull } from '../../engine/rescue/rules.ts';
import type { GameResult } from '../../engine/rescue/score.ts';
import type { Connect } from './connection.ts';
import { playGame, type WholeGame } from './rescue-game.ts';

/** The shortest known rescue, with one of its pulls left out. */
export interface Without {
  pull: TimedPull;
  result: GameResult;
}

/** Games to compare one's own with, played with the same seed in a worker of their own. */
export class RescueStudy {
  par = $state.raw<WholeGame | undefined>();
  known = $state.raw<WholeGame | undefined>();
  without = $state.raw<readonly Without[]>([]);
  failure = $state.raw<string | undefined>();
  private stop = new AbortController();
  private of = '';

  constructor(private readonly connect: Connect) {}

  /** Plays the reference rescue, which is par. */
  async findPar(incident: Incident, seed: number, scenario: Scenario): Promise<void> {
    this.begin(incident, seed);
    if (this.par) return;
    const { signal } = this.stop;
    await this.guarded(signal, async () => {
      const par = await playGame(this.connect, incident, seed, parPulls(incident, scenario), signal);
      if (!signal.aborted) this.par = par;
    });
  }

  /** Plays the shortest known rescue, then without each of its pulls: what it takes to see why each is needed. */
  async findKnown(incident: Incident, seed: number): Promise<void> {
    this.begin(incident, seed);
    const pulls = KNOWN[incident.id]?.pulls;
    if (!pulls || this.known) return;
    const { signal } = this.stop;
    await this.guarded(signal, async () => {
      const known = await playGame(this.connect, incident, seed, pulls, signal);
      if (signal.aborted) return;
      this.known = known;
      for (const pull of pulls) {
        const rest = pulls.filter((one) => one !== pull);
        const { result } = await playGame(this.connect, incident, seed, rest, signal);
        if (signal.aborted) return;
        this.without = [...this.without, { pull, result }];
      }
    });
  }

  end(): void {
    this.stop.abort();
  }

  private begin({ id }: Incident, seed: number): void {
    const of = `${id} ${seed}`;
    if (this.of === of && !this.stop.signal.aborted && this.failure === undefined) return;
    this.stop.abort();
    this.stop = new AbortController();
    this.of = of;
    this.par = this.known = this.failure = undefined;
    this.without = [];
  }

  private async guarded(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) this.failure = error instanceof Error ? error.message : String(error);
    }
  }
}
