import { describe, expect, it } from 'vitest';
import type { Preview } from './backup.ts';
import { SETTINGS } from './settings.ts';
import { emptyTally } from './tally.ts';
import { previewWords } from './words.ts';

const preview = (change: (tally: Preview['tally']) => void, settings: Preview['settings'] = []): Preview => {
  const tally = emptyTally();
  change(tally);
  return { tally, settings };
};

describe('what a file would do', () => {
  it('says what is added, what is newer where, and what is here already', () => {
    const words = previewWords(
      preview((tally) => {
        tally.answers.added = 12;
        tally.attempts.added = 1;
        tally.progress.changed = 1;
        tally.drafts = { added: 0, changed: 2, kept: 3, same: 1 };
        tally.reading.same = 4;
        tally.reading.kept = 1;
      }),
    );
    expect(words.changes).toEqual([
      'Adds 1 try of an exercise.',
      'Adds 12 answers of the quiz.',
      'Brings the standing of 1 exercise up to date.',
      '2 drafts of the file are newer than here: they take the place, and what is here becomes a version.',
    ]);
    expect(words.stays).toEqual([
      '3 drafts here are newer and stay. The text of the file becomes a version.',
      '6 records are here already.',
    ]);
  });

  it('changes nothing when all of it is here', () => {
    expect(previewWords(preview((tally) => (tally.answers.same = 5))).changes).toEqual([]);
  });

  it('sets apart the settings that differ', () => {
    const fates = ['new', 'differs', 'unread', 'same'] as const;
    const settings = SETTINGS.map((place, i) => ({ place, fate: fates[i]!, value: 1 }));
    const words = previewWords(preview(() => undefined, settings));
    expect(words.changes).toEqual(['Brings the conversation of the context page: there is none here.']);
    expect(words.differing).toEqual(['the settings of the context page']);
    expect(words.stays).toEqual([
      'Of another version, and left in the file: models, budgets and rules of the cost page.',
    ]);
  });
});
