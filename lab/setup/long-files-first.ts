import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where most files take seconds: whole scenarios, queues held to theory, exercises, traces, commands in processes of their own. */
const LONG =
  /engine\/(scenarios|simulation\/theory-tests|runner|live|cache\/(replay|flow|semantic))\/|exercises\/contents|quiz\/bank/;

/**
 * Long files first, so that at the end no worker waits for one that another began late. A fresh clone has no times of an earlier run,
 * and the size of a file, which Vitest goes by then, says little.
 */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
