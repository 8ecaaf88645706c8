import { AliasTable } from '../core/alias-table.ts';
import { RandomStream } from '../core/random.ts';
import { Population } from './population.ts';
import type { Scenario } from './scenario.ts';

/** Who comes: what they ask for, which instance serves them, how urgent they are, and who is turned away. */
export class Door {
  readonly population: Population;
  shedShare: number;
  /** What a refusal costs. */
  readonly shedMs: number;
  private readonly instances: number;
  private readonly priorities: number[];
  private readonly classes: AliasTable | null;
  private readonly routing: RandomStream;
  private readonly classOf: RandomStream;
  private readonly shedding: RandomStream;

  constructor(scenario: Scenario, seed: number) {
    this.population = new Population(scenario.population, seed, 'run');
    this.shedShare = scenario.load.shedShare;
    this.shedMs = scenario.load.shedMs;
    this.instances = scenario.instances;
    this.priorities = scenario.load.classes.map((c) => c.priority);
    this.classes =
      this.priorities.length > 1 ? new AliasTable(scenario.load.classes.map((c) => c.share)) : null;
    this.routing = new RandomStream(seed, 'routing');
    this.classOf = new RandomStream(seed, 'classes');
    this.shedding = new RandomStream(seed, 'shedding');
  }

  drawInstance(): number {
    return this.instances > 1 ? this.routing.below(this.instances) : 0;
  }
  drawPriority(): number {
    return this.priorities[this.classes ? this.classes.draw(this.classOf) : 0]!;
  }
  turnsAway(): boolean {
    return this.shedShare > 0 && this.shedding.uniform() < this.shedShare;
  }
}
