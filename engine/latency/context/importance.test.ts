import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importanceOf, importanceSettings, IMPORTANT_WORDS } from './importance.ts';
import { ROLES, type Message, type Role } from './message.ts';

const message = (role: Role, text: string, importance?: number): Message => ({
  id: 'm',
  role,
  text,
  atMs: 0,
  ...(importance === undefined ? {} : { importance }),
});
const printed = importanceOf(importanceSettings());

describe('importance of a message', () => {
  it('adds up as in the module', () => {
    expect(printed(message('user', 'hello'))).toBe(0.5);
    expect(printed(message('user', 'x'.repeat(200)))).toBe(0.5);
    expect(printed(message('user', 'x'.repeat(201)))).toBe(0.6);
    expect(printed(message('user', 'Remember this'))).toBe(0.7);
    expect(printed(message('system', 'hello'))).toBe(0.8);
    expect(printed(message('user', `IMPORTANT: ${'x'.repeat(200)}`))).toBe(0.8);
    expect(printed(message('system', `critical ${'x'.repeat(200)}`))).toBe(1); // 1.1
  });

  it('leaves a short reminder below the threshold of 0.7, which the module draws', () => {
    expect(printed(message('user', 'Remember: my budget is $500')) > 0.7).toBe(false);
  });

  it('believes what a message says of itself', () => {
    expect(printed(message('system', 'important', 0.1))).toBe(0.1);
    expect(printed(message('user', 'hello', 0))).toBe(0);
  });

  it('takes whole words, unless told to look anywhere as the module does', () => {
    const anywhere = importanceOf(importanceSettings({ matching: 'anywhere' }));
    for (const text of ['That is unimportant', 'insurgently', 'Remembered words']) {
      expect(printed(message('user', text))).toBe(0.5);
      expect(anywhere(message('user', text))).toBe(0.7);
    }
    expect(printed(message('user', '(important)'))).toBe(0.7);
    expect(printed(message('user', 'unimportant, but important'))).toBe(0.7);
  });

  it('takes words and points as settings', () => {
    const settings = importanceSettings({ base: 0, keyword: 1, keywords: ['Wichtig'] });
    expect(importanceOf(settings)(message('user', 'sehr WICHTIG!'))).toBe(1);
    expect(importanceOf(settings)(message('user', 'important'))).toBe(0);
    expect(() => importanceSettings({ base: 2 })).toThrow('base: expected a number from 0 to 1, got 2.');
    expect(() => importanceSettings({ keyword: '0.2' })).toThrow('keyword');
  });

  it('is from 0 to 1 for any message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...IMPORTANT_WORDS))),
        (role, words) => {
          const score = printed(message(role, words.join(' ')));
          expect(score).toBeGreaterThanOrEqual(0.5);
          expect(score).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
