const EVERY_MS = 3000;

/** Words that follow a run in steps, so that whoever reads them can come to their end; at once while it stands still. */
export class SlowWords {
  current: string = $state('');
  #words: () => string;

  /** To be made while a component starts. */
  constructor(words: () => string, playing: () => boolean) {
    this.#words = words;
    this.current = words();
    $effect(() => {
      if (!playing()) {
        this.current = this.#words();
        return;
      }
      const timer = setInterval(() => (this.current = this.#words()), EVERY_MS);
      return () => clearInterval(timer);
    });
  }
}
