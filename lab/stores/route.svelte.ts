import { readRoute, type Route } from './route.ts';

/** Where the learner is. */
export class RouteStore {
  current = $state.raw<Route>({ page: 'lab' });
  /** Grows with each change of the page; 0 is the page that the address named at first. */
  turns = $state(0);

  start(): void {
    this.current = readRoute(location.hash) ?? { page: 'lab' };
    addEventListener('hashchange', () => {
      const next = readRoute(location.hash);
      if (!next || JSON.stringify(next) === JSON.stringify(this.current)) return;
      this.current = next;
      this.turns++;
    });
  }
}

export const route = new RouteStore();
