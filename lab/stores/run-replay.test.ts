import { expect, test } from 'vitest';
import type { Speed } from '../../engine/runner/protocol.ts';
import { Replay } from './run-replay.svelte.ts';

function bench(speed: Speed) {
  const run = {
    scrubS: 100 as number | undefined,
    nowS: 200,
    speed,
    scrubTo(atS: number): void {
      run.scrubS = atS >= run.nowS ? undefined : atS;
    },
  };
  const waiting: ((nowMs: number) => void)[] = [];
  const replay = new Replay(run, (then) => waiting.push(then));
  const turn = (nowMs: number): void => waiting.splice(0).forEach((then) => then(nowMs));
  return { run, replay, turn };
}

test('goes on from the place at the pace of the run, and ends at the run’s end', () => {
  const { run, replay, turn } = bench(60);
  replay.toggle();
  turn(1000);
  expect(run.scrubS).toBe(100); // The first frame says when it began.
  turn(1050);
  expect(run.scrubS).toBeCloseTo(103);
  turn(1150);
  expect(run.scrubS).toBeCloseTo(109);
  turn(60_000); // The page was away: a tenth of a second at most.
  expect(run.scrubS).toBeCloseTo(115);
  for (let ms = 60_100; run.scrubS !== undefined; ms += 100) turn(ms);
  expect(replay.playing).toBe(true);
  turn(99_000);
  expect(replay.playing).toBe(false);
});

test('as fast as possible, all there is takes ten seconds', () => {
  const { run, replay, turn } = bench('max');
  replay.toggle();
  turn(0);
  turn(100);
  expect(run.scrubS).toBeCloseTo(102);
});

test('stops where it is, and a second start is not twice as fast', () => {
  const { run, replay, turn } = bench(10);
  replay.toggle();
  turn(0);
  replay.toggle();
  turn(100);
  expect([run.scrubS, replay.playing]).toEqual([100, false]);
  replay.toggle();
  turn(200);
  turn(300);
  expect(run.scrubS).toBeCloseTo(101);
});
