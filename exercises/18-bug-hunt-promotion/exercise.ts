import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: the promoted copy',
  system: 'C11',
  kind: 'bug-hunt',
  subject: { kind: 'class', export: 'Levels', methods: ['write', 'read', 'holds'] },
  objectives: [
    {
      id: 'remaining-life',
      text: 'Test that a copy ends with its original: shortly before that moment and at it',
    },
    {
      id: 'which-levels',
      text: 'Test what an operation changes, and also what it has to leave alone',
    },
  ],
  hints: [
    'Draw a line of time: the write, the read, the end. How much of its life does the entry have left when it is read?',
    'A renewed life shows only if time passes between write and read. Then look at the copy with `holds`, before and after the end of the original.',
    '`holds` tells of one level at a time: ask it of each level after a read that L2 answered, and after one that L3 answered.',
    '`write("L2", "price", 499, 0, 100)`, then `read("price", 60)`. L1 holds 499 at 99 and `undefined` at 100; L2 holds 499; L3 holds `undefined`. ' +
      'Then the same with an entry in L3: both L1 and L2 have a copy.',
  ],
  mutants: [
    {
      file: 'life-renewed',
      title: 'Gives the copy a whole new life, as the module does',
      objective: 'remaining-life',
      survives:
        'Does your test look at the copy when the original has ended? Does time pass between the write and the read?',
    },
    {
      file: 'aged-twice',
      title: 'Takes the time that was already lived off twice, so the copy ends too soon',
      objective: 'remaining-life',
      survives: 'A copy can also end too soon. Look at it shortly before the original ends.',
    },
    {
      file: 'next-level-only',
      title: 'Copies to the next faster level only',
      objective: 'which-levels',
      survives: 'When L3 answers there are two faster levels. Look at both.',
    },
    {
      file: 'slower-levels-too',
      title: 'Copies to the slower levels as well',
      objective: 'which-levels',
      survives: 'Which levels must a read leave alone?',
    },
    {
      file: 'moved-away',
      title: 'Moves the entry up instead of copying it',
      objective: 'which-levels',
      survives: 'What is left in the level that answered?',
    },
  ],
};
