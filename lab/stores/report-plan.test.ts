import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../engine/runner/cli/arguments.ts';
import type { Pull, RunReport } from '../../engine/runner/protocol.ts';
import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { presetIn, presetsOf, pullsOf, reportCommand, reportScenarios } from './report-plan.ts';

const day = parseScenario(scenarioByName('prime-day'));
const rescue = pullsOf({ scenario: 'prime-day', seed: 1, preset: 'rescue' });
const of = (pulls: Pull[], more: Partial<RunReport> = {}): RunReport =>
  ({
    ...{ overrides: [], startS: 7200, durationS: 3600, done: true },
    report: { scenario: 'prime-day', seed: 7, toS: 3600, pulls },
    ...more,
  }) as RunReport;

describe('what can be run', () => {
  it('every scenario, and its presets at their times', () => {
    expect(reportScenarios()).toContainEqual({ name: 'prime-day', title: 'Prime Day, 02:17' });
    expect(presetsOf('prime-day').map(({ name }) => name)).toEqual(['rescue']);
    expect(rescue.every(({ atS }) => atS === 1140)).toBe(true);
    expect(pullsOf({ scenario: 'prime-day', seed: 1, preset: null })).toEqual([]);
  });

  it('knows a preset by its pulls, all of them and nothing else', () => {
    expect(presetIn(day, rescue)).toBe('rescue');
    expect(presetIn(day, rescue.slice(1))).toBeUndefined();
    expect(presetIn(day, [...rescue, rescue[0]])).toBeUndefined();
    expect(presetIn(day, [])).toBeUndefined();
  });
});

describe('the command that writes the same report', () => {
  it('names the preset', () =>
    expect(reportCommand(day, of(rescue))).toBe(
      'npm run --silent sim -- prime-day --seed 7 --preset rescue --report report.html',
    ));

  it('names pulls at their times, changes, and how far the run was; the command line reads it so', () => {
    const pulls = [
      { atS: 1140, lever: 'l3', value: true },
      { atS: 1140.25, lever: 'poolSize', value: 60 },
      { atS: 1200, lever: 'flushDead', value: true },
      { atS: 1200, lever: 'stations.pool.coalesce', value: true },
    ];
    const overrides = [{ path: 'load.ratePerS', value: 300 }];
    const report = { ...of(pulls).report, toS: 1500 };
    const command = reportCommand(day, of(pulls, { overrides, done: false, report }), 'json');
    expect(command).toBe(
      'npm run --silent sim -- prime-day --seed 7 --set load.ratePerS=300 --at 02:19:00 l3=on --at 1140.25 poolSize=60 ' +
        '--at 02:20:00 flushDead=now --at 02:20:00 stations.pool.coalesce=on --until 02:25:00 --report report.json',
    );
    const parsed = parseArguments(command.split(' -- ')[1].split(' '));
    expect(parsed).toMatchObject({ seed: 7, until: '02:25:00', report: 'report.json', overrides });
    expect(parsed.pulls).toHaveLength(4);
  });
});
