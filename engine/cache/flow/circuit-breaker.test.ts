import { describe, expect, it } from 'vitest';
import { BREAKER_DEFAULTS, CircuitBreaker } from './circuit-breaker.ts';

/** After so many failures at time 0. */
function failing(times: number, states: string[] = []): CircuitBreaker {
  const breaker = new CircuitBreaker(BREAKER_DEFAULTS, (state) => states.push(state));
  for (let i = 0; i < times; i++) {
    breaker.admit(0);
    breaker.failed(0);
  }
  return breaker;
}

describe('circuit breaker', () => {
  it('opens after five failures in a row, for sixty seconds', () => {
    expect(failing(4).admit(0)).toBe(true);
    const breaker = failing(5);
    expect(breaker.state).toBe('open');
    expect(breaker.admit(59_999)).toBe(false);
    expect(breaker.admit(60_000)).toBe(true);
    expect(breaker.state).toBe('half-open');
  });

  it('a success between forgives', () => {
    const breaker = failing(4);
    breaker.admit(0);
    breaker.succeeded();
    for (let i = 0; i < 4; i++) breaker.failed(0);
    expect(breaker.state).toBe('closed');
  });

  it('half open lets one through; its success closes', () => {
    const states: string[] = [];
    const breaker = failing(5, states);
    expect([breaker.admit(60_000), breaker.admit(60_000)]).toEqual([true, false]);
    breaker.succeeded();
    expect(breaker.admit(60_000)).toBe(true);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('half open: a failure opens it for sixty seconds more', () => {
    const breaker = failing(5);
    breaker.admit(60_000);
    breaker.failed(60_010);
    expect(breaker.admit(120_009)).toBe(false);
    expect(breaker.admit(120_010)).toBe(true);
  });

  it('half open: a cancelled try leaves room for the next', () => {
    const breaker = failing(5);
    breaker.admit(60_000);
    breaker.cancelled();
    expect(breaker.admit(60_001)).toBe(true);
  });

  it('what ends late, while it is open, changes nothing', () => {
    const breaker = failing(5);
    breaker.succeeded();
    breaker.failed(50_000);
    expect(breaker.retryAtMs).toBe(60_000);
  });
});
