import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, holds, returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';

/** Frequencies this far apart leave no choice. */
const CLEARLY = 3;

function oracle(): Oracle {
  return (operation) => {
    if (operation.do !== 'call') return anything();
    const [, , frequency, victimFrequency] = argumentsOf(operation) as [number, number, number, number];
    if (frequency >= victimFrequency + CLEARLY)
      return returns(true, {
        note: `The new one was asked ${frequency} times lately, its victim ${victimFrequency} times.`,
      });
    if (frequency <= victimFrequency - CLEARLY)
      return returns(false, {
        note: `The new one was asked ${frequency} times lately; the ${victimFrequency} times of its victim speak for the victim.`,
      });
    return holds('true or false', (got) => typeof got === 'boolean', {
      note: 'Either answer will do here, but it has to be true or false itself.',
    });
  };
}

const frequency = fc.integer({ min: 0, max: 15 });
const key = fc.integer({ min: 0, max: 4_294_967_295 });
const asked = fc.tuple(key, key, frequency, frequency);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'worth-it',
      title: 'lets in what was asked clearly more often',
      objective: 'frequency',
      operations: fc.constant([
        create('Admission', 100),
        call('admit', 5, 9, 8, 1),
        call('admit', 9, 5, 15, 12),
      ]),
      runs: 1,
    },
    {
      id: 'not-worth-it',
      title: 'leaves out what was asked clearly less often',
      objective: 'frequency',
      operations: fc.constant([
        create('Admission', 100),
        call('admit', 5, 9, 1, 8),
        call('admit', 9, 5, 0, 3),
      ]),
      runs: 1,
    },
    {
      id: 'yes-or-no',
      title: 'says true or false in every case',
      objective: 'clear-answer',
      operations: fc
        .array(asked, { minLength: 1, maxLength: 20 })
        .map((all) => [create('Admission', 100), ...all.map((args) => call('admit', ...args))]),
    },
  ],
};
