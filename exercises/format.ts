/**
 * What an exercise is. A folder `NN-name/` holds:
 *
 *   statement.md    what to do, for the learner
 *   exercise.ts     data: `export const exercise: Exercise`
 *   starter.ts      what the editor opens with; must fail, and must end
 *   reference.ts    a solution; must pass
 *   wrong/*.ts      at least three solutions that people write; must fail. Their first two lines are
 *                   `// Wrong: what is wrong` and `// Says: a part of what the learner must be told`
 *   checks.ts       kind `implement`: `export const checks: Checks`, operations and the oracle, on the page's side
 *   mended.ts       kind `bug-hunt`: the subject without a defect
 *   mutants/*.ts    kind `bug-hunt`: the subject with one defect each
 *
 * contents.test.ts holds every folder to this.
 */
import type { Arbitrary } from 'fast-check';
import type { ChallengeKind } from '../engine/scenarios/challenges.ts';
import type { Expectation } from './grader/expectation.ts';
import type { Answer, Operation, SubjectShape } from './grader/protocol.ts';
import type { Limits } from './grader/session.ts';

export interface Objective {
  id: string;
  /** What the learner can do afterwards. */
  text: string;
}

interface About {
  title: string;
  /** The system of the course that it practises, as in `C6`. */
  system: string;
  objectives: Objective[];
  /** A ladder: each one tells more than the one before. The last is close to the solution. */
  hints: string[];
  limits?: Partial<Limits>;
  /** What is written can be run in the simulator, as this part of it (prime-day/). It counts for no verdict. */
  primeDay?: { kind: ChallengeKind };
}

export interface ImplementExercise extends About {
  kind: 'implement';
  /** What the learner's file has to export. */
  exports: { name: string; kind: 'class' | 'function' }[];
}

export interface BugHuntExercise extends About {
  kind: 'bug-hunt';
  /** How the learner's test reaches the subject: `subject.create(...)` gives an object, or `subject(...)` a value. */
  subject: SubjectShape;
  mutants: Mutant[];
}

export interface Mutant {
  /** `mutants/<file>.ts` */
  file: string;
  /** What is wrong with it. Shown once it is found. */
  title: string;
  objective: string;
  /** What the learner reads when the test lets it live: where to look, not what to write. */
  survives: string;
}

export type Exercise = ImplementExercise | BugHuntExercise;

/** Says of each step what the right answer is. It holds a model of its own, and sees the answer where several are right. */
export type Oracle = (operation: Operation, answer: Answer) => Expectation;

export interface Check {
  id: string;
  /** What must be so, as a sentence of the result list. */
  title: string;
  objective: string;
  /** Sequences to ask; each runs on new objects. `fc.constant([...])` for one that is worked by hand. */
  operations: Arbitrary<Operation[]>;
  /** How many sequences; 100 when left out. */
  runs?: number;
}

export interface Checks {
  /** A new oracle, for a new sequence. */
  oracle: () => Oracle;
  /** In the order in which a learner meets them: worked by hand first. */
  checks: Check[];
}
