import { isPull, meanOf, type Standing } from '../../tuning/standing.ts';
import type { Tuner } from '../../tuning/tuner.ts';
import { plain, settingText } from './tune-report.ts';

/** How a search goes on: one line that is written over on a terminal, a line for each step elsewhere. */
export class TuneProgress {
  private shown = '';
  private told = '';

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly wanted: boolean,
    private readonly nowMs: () => number,
    private readonly beganMs = nowMs(),
  ) {}

  search(tuner: Tuner): void {
    const { runs, expected } = tuner.progress;
    const step = stepText(tuner);
    const { best } = tuner;
    const found = best && isPull(best.setting) ? ` · best ${bestText(best, tuner)}` : '';
    this.show(`${step}${found}`, runs, expected);
  }

  check(runs: number, expected: number): void {
    this.show('checking on fresh seeds', runs, expected);
  }

  clear(): void {
    if (this.stream.isTTY && this.shown !== '') this.stream.write('\r\x1b[K');
    this.shown = '';
  }

  private show(text: string, runs: number, expected: number): void {
    if (!this.wanted) return;
    const seconds = ((this.nowMs() - this.beganMs) / 1000).toFixed(0);
    const line = `${runs} of about ${expected} runs · ${seconds} s · ${text}`;
    if (this.stream.isTTY) {
      const { columns = 80 } = this.stream;
      const cut = line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
      if (cut !== this.shown) this.stream.write(`\r\x1b[K${cut}`);
      this.shown = cut;
    } else if (text !== this.told) {
      this.told = text;
      this.stream.write(`${line}\n`);
    }
  }
}

function stepText({ phase, bracketNow, brackets, rungNow, rungs }: Tuner): string {
  if (phase === 'searching')
    return `bracket ${bracketNow} of ${brackets}, rung ${rungNow + 1} of ${rungs.length}`;
  return { 'as it is': 'the scenario as it is', 'leaving out': 'leaving levers out', done: 'done' }[phase];
}

function bestText(best: Standing, { goal, scenario }: Tuner): string {
  const bounds = best.score.missed > 0 ? ', bounds missed' : '';
  return `${goal.figure} ${plain(meanOf(best, goal.figure))}${bounds}: ${settingText(best.setting, scenario.levers)}`;
}
