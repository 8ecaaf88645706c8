import { describe, expect, it } from 'vitest';
import { connections } from '../scenarios/connections.ts';
import { Simulation } from '../simulation/simulation.ts';
import { SessionAdvice } from './session-advice.ts';

function troubled(): { run: Simulation; advice: SessionAdvice } {
  const run = new Simulation(connections, 1);
  run.advanceTo(120_000);
  return { run, advice: new SessionAdvice() };
}
const ids = (monitor: ReturnType<SessionAdvice['look']>) => monitor.recommendations.map(({ id }) => id);

describe('the advice of a session', () => {
  it('is taken by pulling the lever, which is recorded and replays', () => {
    const { run, advice } = troubled();
    expect(ids(advice.look(run))).toEqual(['keep-alive:model', 'connections:model']);
    const pull = advice.take(run, 'keep-alive:model');
    expect(pull).toEqual({ atS: 120, lever: 'keepAlive', value: 30 });
    expect(run.pulls).toEqual([pull]);
    run.advanceTo(300_000);
    expect(new Simulation(connections, 1, { pulls: [pull] }).run().fingerprint()).toBe(run.fingerprint());
  });

  it('is silent about what was taken, and what moves the same figure of the same part, until it was measured', () => {
    const { run, advice } = troubled();
    advice.look(run);
    advice.take(run, 'connections:model');
    run.advanceTo(150_000);
    expect(advice.look(run)).toMatchObject({
      recommendations: [],
      effects: [{ id: 'connections:model', measured: null, verdict: null }],
    });
    run.advanceTo(260_000);
    const later = advice.look(run);
    expect(later.effects).toMatchObject([{ verdict: 'held', fromS: 180, toS: 240 }]);
    // Wider, it waits no more, and opens a connection for each call as before.
    expect(ids(later)).toContain('keep-alive:model');
  });

  it('that is not given can’t be taken, nor any after the end', () => {
    const { run, advice } = troubled();
    expect(() => advice.take(run, 'keep-alive:model')).toThrow('there are none');
    advice.look(run);
    expect(() => advice.take(run, 'servers:model')).toThrow(
      'recommendation: expected one of keep-alive:model, connections:model, got "servers:model".',
    );
    run.advanceTo(300_000);
    expect(ids(advice.look(run))).toContain('keep-alive:model');
    expect(() => advice.take(run, 'keep-alive:model')).toThrow(
      'run: expected one that goes on, got one that is over. Run it again with this from the start.',
    );
    expect(run.pulls).toEqual([]);
  });
});
