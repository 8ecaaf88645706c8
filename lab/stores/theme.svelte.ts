export type Theme = 'light' | 'dark';

const KEY = 'surge-lab.theme';
const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark';

/** The theme in use: what the learner chose, otherwise what the system prefers. */
export class ThemeStore {
  private chosen = $state<Theme | undefined>();
  private preferred = $state<Theme>('light');
  readonly current = $derived<Theme>(this.chosen ?? this.preferred);

  /** @param asked by the page's address; holds for this visit only */
  start(asked: Theme | undefined): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.preferred = dark.matches ? 'dark' : 'light';
    dark.addEventListener('change', () => (this.preferred = dark.matches ? 'dark' : 'light'));
    this.chosen = asked ?? saved();
    this.mark();
  }

  toggle(): void {
    this.chosen = this.current === 'dark' ? 'light' : 'dark';
    this.mark();
    try {
      localStorage.setItem(KEY, this.chosen);
    } catch {
      // Storage may be blocked; the choice then holds until the page is closed.
    }
  }

  /** Without a mark the style sheet follows the system by itself. */
  private mark(): void {
    if (this.chosen) document.documentElement.dataset['theme'] = this.chosen;
    else delete document.documentElement.dataset['theme'];
  }
}

function saved(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return isTheme(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const theme = new ThemeStore();
