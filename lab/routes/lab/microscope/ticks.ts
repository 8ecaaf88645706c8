/** Round times from 0 to the end of a span of time, at most six. */
export function ticksOf(lengthMs: number): number[] {
  let step = 10 ** Math.floor(Math.log10(lengthMs / 5));
  for (const times of [2, 2.5, 2]) if (lengthMs / step > 5) step *= times;
  const ticks = [];
  for (let i = 0; i * step <= lengthMs * (1 + 1e-9); i++) ticks.push(i * step);
  return ticks;
}

/** "0.1 ms", "250 ms", "2.5 s". */
export function tickWords(ms: number): string {
  const plain = (value: number): string => String(Number(value.toPrecision(3)));
  return ms >= 1000 ? `${plain(ms / 1000)}\u00a0s` : `${plain(ms)}\u00a0ms`;
}
