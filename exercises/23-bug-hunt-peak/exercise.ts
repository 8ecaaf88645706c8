import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: the peak of nothing',
  system: 'L8',
  kind: 'bug-hunt',
  subject: {
    kind: 'class',
    export: 'LoadReport',
    methods: ['answered', 'failed', 'peakMs', 'percentileMs', 'failedShare'],
  },
  objectives: [
    {
      id: 'nothing',
      text: 'Test a statistic over nothing, and know when the list becomes empty in production',
    },
    {
      id: 'percentile',
      text: 'Check a percentile by counting: numbers in the order of numbers, and the right place among them',
    },
  ],
  hints: [
    'What does each method have to say when every request has failed?',
    'Take four latencies and count on your fingers: which of them is the 50th percentile? Give them in another order than sorted.',
    'Sorted as text, `"100"` stands before `"94"`. Take latencies with different numbers of digits, and let one request fail besides.',
    'One `failed()`: `peakMs()` → `null`, `percentileMs(50)` → `null`, `failedShare()` → 1. Then answers after 12000, 94, 100 and 200 ms: `percentileMs(50)` → 100.',
  ],
  mutants: [
    {
      file: 'peak-of-nothing',
      title: 'Takes the greatest of an empty list, as the module does: −Infinity',
      objective: 'nothing',
      survives: 'What is the longest of no answers?',
    },
    {
      file: 'fast-when-empty',
      title: 'Calls 0 ms the percentile of nothing, so a minute without an answer is the fastest of all',
      objective: 'nothing',
      survives: 'What is the percentile of no answers?',
    },
    {
      file: 'sorted-as-text',
      title: 'Sorts latencies as texts, as sort() does when nobody tells it otherwise',
      objective: 'percentile',
      survives: 'In which order do 94 and 100 stand? And as words?',
    },
    {
      file: 'one-too-far',
      title: 'Counts places from 0 and 1 at once, so the percentile is one too far',
      objective: 'percentile',
      survives: 'Choose a number of answers and a percentile whose place can be counted.',
    },
    {
      file: 'failures-are-fast',
      title: 'Takes a failure for an answer after 0 ms, so the report improves when requests fail',
      objective: 'nothing',
      survives: 'A request that failed has no latency. What must not change when one fails?',
    },
  ],
};
