import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: kept, and dropped again',
  system: 'L2',
  kind: 'bug-hunt',
  subject: { kind: 'function', export: 'prune', methods: [] },
  objectives: [
    {
      id: 'whole-result',
      text: 'Compare a whole result, with its order and nothing twice, instead of looking for one part of it',
    },
    { id: 'edges', text: 'Test at a threshold and with a count of nothing' },
  ],
  hints: [
    'Which messages of a conversation can be lost? Only old ones that are important: put one in front of enough others.',
    'Compare all ids that are kept, in their order. Then nothing can be missing, doubled or misplaced without being seen.',
    'Let one important message be old and one recent. Give an old one exactly 0.7. Then ask again with a `keepLast` of 0.',
    'rules 0.9, edge 0.7, chat 0.5, price 0.8, thanks 0.5. `subject(talk, 2)` → rules, price, thanks. `subject(talk, 0)` → rules, price.',
  ],
  mutants: [
    {
      file: 'final-cut',
      title: 'Drops in a last cut what it has just kept, as the module does',
      objective: 'whole-result',
      survives: 'Which messages may stay although they are old? Make the conversation longer than keepLast.',
    },
    {
      file: 'order-lost',
      title: 'Puts the important messages behind the recent ones',
      objective: 'whole-result',
      survives: 'Look at the order of what is kept.',
    },
    {
      file: 'twice',
      title: 'Keeps a message twice when it is important and recent',
      objective: 'whole-result',
      survives: 'What if an important message is recent as well?',
    },
    {
      file: 'at-the-threshold',
      title: 'Takes exactly 0.7 for above 0.7',
      objective: 'edges',
      survives: 'Which importance lies on the border? Give it to an old message.',
    },
    {
      file: 'minus-zero',
      title: 'Keeps everything when keepLast is 0: slice(-0) is the whole list',
      objective: 'edges',
      survives: 'How few recent messages may be asked for?',
    },
  ],
};
