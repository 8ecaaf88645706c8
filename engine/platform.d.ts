/**
 * What the headless engine takes from every platform it runs on (browsers, workers, Node), as far as it takes it; elsewhere
 * the platform's own declaration applies. Only lab/setup/types/engine.json reads this file.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  throwIfAborted(): void;
}
