import { expect, test } from 'vitest';
import { timeSplits, timeWindow } from './time-window.ts';

const view = { fromS: 900, toS: 1500 };

test('the window is the view until the run passes its end, then grows by five minutes', () => {
  expect(timeWindow(view, 960, 3600, false)).toEqual(view);
  expect(timeWindow(view, 1500, 3600, false)).toEqual(view);
  expect(timeWindow(view, 1500.5, 3600, false)).toEqual({ fromS: 900, toS: 1800 });
  expect(timeWindow(view, 3550, 3600, false)).toEqual({ fromS: 900, toS: 3600 });
  expect(timeWindow(view, 3600, 3600, true)).toEqual({ fromS: 0, toS: 3600 });
  expect(timeWindow(undefined, 0, 120, false)).toEqual({ fromS: 0, toS: 120 });
  // A day is shown whole from its first minute, unless its author says what to look at.
  expect(timeWindow(undefined, 60, 86_400, false)).toEqual({ fromS: 0, toS: 86_400 });
  expect(timeWindow({ fromS: 0, toS: 7200 }, 60, 86_400, false)).toEqual({ fromS: 0, toS: 7200 });
});

test('splits fall on round times of day', () => {
  expect(timeSplits(view, 7200, 12)).toEqual([
    900, 960, 1020, 1080, 1140, 1200, 1260, 1320, 1380, 1440, 1500,
  ]);
  expect(timeSplits(view, 7200, 6)).toEqual([960, 1080, 1200, 1320, 1440]);
  expect(timeSplits({ fromS: 0, toS: 120 }, 30, 6)).toEqual([0, 30, 60, 90, 120]);
});
