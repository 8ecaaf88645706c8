import { InputError } from '../core/errors.ts';
import type { Pull, Simulation } from '../simulation/simulation.ts';
import { effectOf, type Effect, type Taken } from '../tuning/effect.ts';
import { recommend, type Recommendation } from '../tuning/recommend.ts';
import { resourceUse } from '../tuning/resource-use.ts';
import type { Monitor } from './protocol.ts';

/** What a session recommends, and what came of the advice that was taken. */
export class SessionAdvice {
  private recommended: Recommendation[] = [];
  private readonly taken: Taken[] = [];

  /** What the page shows now: of this, `take` takes. */
  look(simulation: Simulation): Monitor {
    const monitor = this.seen(simulation);
    this.recommended = monitor.recommendations;
    return monitor;
  }

  /** What there is to be seen and advised. Changes nothing. */
  seen(simulation: Simulation): Monitor {
    const effects = this.taken.map((taken) => effectOf(simulation, taken));
    // Before advice was measured nothing that moves the same figure of the same part is advised: nobody could tell the two apart.
    const waiting = new Set(effects.filter(({ measured }) => measured === null).map(subject));
    const recommendations = recommend(simulation).filter(
      ({ id, predicted }) => !waiting.has(subject({ id, ...predicted })),
    );
    return { resources: resourceUse(simulation), recommendations, effects };
  }

  /** Pulls the lever of a recommendation. @throws InputError when it is not recommended any more, or the run is over. */
  take(simulation: Simulation, id: string): Pull {
    if (simulation.done)
      throw new InputError(
        'run',
        'one that goes on',
        'one that is over',
        'Run it again with this from the start.',
      );
    const recommendation = this.recommended.find((r) => r.id === id);
    if (!recommendation)
      throw new InputError(
        'recommendation',
        `one of ${this.recommended.map((r) => r.id).join(', ') || 'the present ones (there are none)'}`,
        JSON.stringify(id),
        'The run has gone on since it was shown.',
      );
    const pull = simulation.pull(recommendation.lever, recommendation.value);
    this.taken.push({ recommendation, atS: pull.atS });
    return pull;
  }
}

/** The part and the figure of it that advice is about: `keep-alive:model` and `connections:model` both move the mean at the model. */
const subject = ({ id, figure }: Pick<Effect, 'id' | 'figure'>): string =>
  `${id.includes(':') ? id.slice(id.indexOf(':') + 1) : id} ${figure}`;
