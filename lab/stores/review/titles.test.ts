import { describe as suite, expect, it } from 'vitest';
import { catalogue } from '../../../exercises/catalogue.ts';
import { bank } from '../../../quiz/bank.ts';
import { describe, titleOf } from './titles.ts';

suite('how an item is called', () => {
  it('by its beginning, without marks and numbers', () => {
    expect(titleOf({ question: 'What did {calls} calls of [[l1|L1]] to `get` save?' })).toBe(
      'What did … calls of L1 to get save?',
    );
    const long = titleOf({ question: `${'A word or two, '.repeat(9)}and what then?` });
    expect(long).toBe(`${'A word or two, '.repeat(5)}A word or two …`);
  });

  it('each question and each exercise, with an objective', () => {
    for (const { id, objective } of bank)
      expect(describe('question', id)).toEqual({
        title: expect.stringMatching(/^[^{}[\]*`]{5,92}$/),
        objective,
      });
    for (const { id, exercise } of catalogue)
      expect(describe('exercise', id)).toEqual({ title: exercise.title, objective: expect.any(String) });
  });

  it('not what is gone', () => {
    expect(describe('question', 'gone')).toBeUndefined();
    expect(describe('exercise', '99-gone')).toBeUndefined();
  });
});
