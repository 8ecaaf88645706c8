import { describe, expect, it } from 'vitest';
import { ablateJson } from '../../../engine/runner/cli/ablate-report.ts';
import { parseAblateArguments } from '../../../engine/runner/cli/ablate-arguments.ts';
import { parseArguments } from '../../../engine/runner/cli/arguments.ts';
import { fiveStrategies } from '../../../engine/scenarios/five-strategies.ts';
import { AblationRun } from '../../../engine/tuning/ablation.ts';
import { shop, shopStrategies } from '../../../engine/tuning/hand-worked.ts';
import { parseStrategies } from '../../../engine/tuning/strategy.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { ablateCommand, labAddress, simCommand } from './commands.ts';
import { ablationJson, effectsCsv, runsCsv } from './export.ts';
import type { Figure } from './figures.ts';
import { viewOf } from './view.ts';

const figure: Figure = {
  name: 'costUsd',
  label: 'Model cost',
  noun: 'for model calls',
  unit: 'usd',
  better: 'less',
};

/** Nothing 100, caching 30, small model 10, both 3; the second seed 2 % more. */
function finished(): AblationRun {
  const titled = [{ ...shopStrategies[0], title: 'Caching, "all" of it' }, shopStrategies[1]];
  const run = new AblationRun({ scenario: shop, strategies: titled, seeds: 2 });
  for (let trial = run.next(); trial; trial = run.next())
    run.done(trial, {
      costUsd: [100, 30, 10, 3][trial.cell] * (trial.seed === 2 ? 1.02 : 1),
      meanMs: trial.cell === 3 ? NaN : 5,
    });
  return run;
}

it('the table: its sum is the whole', () => {
  const lines = effectsCsv(viewOf(finished().result()!, figure)).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^figure,strategy,title,gain,gain_low,gain_high,share,/);
  expect(lines[1]).toMatch(/^costUsd,caching,"Caching, ""all"" of it",/);
  const sum = lines[3].split(',');
  expect(sum.slice(0, 3)).toEqual(['costUsd', 'sum', 'Sum']);
  expect(Number(sum[3])).toBeCloseTo(97 * 1.01, 9);
  expect(sum[6]).toBe('1');
  expect(sum).toHaveLength(18);
});

it('the runs: one a line; where there is no value there is nothing', () => {
  const lines = runsCsv(finished()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]).toBe('seed,caching,model,costUsd,meanMs');
  expect(lines[1]).toBe('1,0,0,100,5');
  expect(lines[2]).toBe('1,1,1,3,');
});

it('the JSON is that of the command line, but for the time', () => {
  const run = finished();
  const results = [run.result()!];
  const { wallMs: _, ...json } = JSON.parse(ablateJson(run, 'shop', results, 5)) as Record<string, unknown>;
  expect(JSON.parse(ablationJson(run, 'shop', results))).toEqual(json);
});

describe('commands', () => {
  const choice = { scenario: 'five-strategies', seeds: 20, untilS: null };
  const strategies = parseStrategies(fiveStrategies.strategies, parseScenario(fiveStrategies));
  const argv = (command: string): string[] => command.split(' -- ')[1].split(' ');

  it('the ablation', () => {
    expect(ablateCommand(choice, 'costUsd')).toBe('npm run --silent ablate -- five-strategies --seeds 20');
    expect(parseAblateArguments(argv(ablateCommand({ ...choice, untilS: 7200 }, 'quality')))).toMatchObject({
      scenario: 'five-strategies',
      seeds: 20,
      until: '7200',
      figures: ['quality'],
    });
  });

  it('one setting as the command line reads it', () => {
    const command = simCommand(choice, strategies, ['batching', 'caching', 'scheduling', 'spot'], 7);
    expect(command).toBe(
      'npm run --silent sim -- five-strategies --seed 7 --set gateway.route=fixed --set gateway.rulesOn=false',
    );
    expect(parseArguments(argv(command))).toMatchObject({
      seed: 7,
      overrides: [
        { path: 'gateway.route', value: 'fixed' },
        { path: 'gateway.rulesOn', value: false },
      ],
    });
  });

  it('text that reads as JSON stays text, and a shell reads what is meant', () => {
    const odd = [{ id: 'a', title: 'A', off: { 'x.a': '5', 'x.b': "it's" } }];
    expect(simCommand(choice, odd, [], 1)).toBe(
      `npm run --silent sim -- five-strategies --seed 1 --set 'x.a="5"' --set 'x.b=it'\\''s'`,
    );
  });

  it('the lab opens every setting, as the command line runs it', () => {
    const all = strategies.map(({ id }) => id);
    expect(labAddress(choice, strategies, all, 3)).toBe('?scenario=five-strategies&seed=3#/');
    expect(labAddress({ ...choice, untilS: 7200 }, strategies, all, 3)).toBe(
      '?scenario=five-strategies&seed=3&set=durationS=7200#/',
    );
    const sets = (text: string) => text.replaceAll(/['\\]/g, '').match(/(?:--set |set=)\S+?=[^\s&#]+/g)!;
    const fewer = all.slice(1);
    expect(
      sets(labAddress(choice, strategies, fewer, 3)).map((one) => one.replace('set=', '--set ')),
    ).toEqual(sets(simCommand(choice, strategies, fewer, 3)));
  });
});
