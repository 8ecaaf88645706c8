/** "Go on reading" opens a section where it was left; every other link opens it at its beginning. */
let asked: string | undefined;

export const resume = {
  ask: (section: string): void => {
    asked = section;
  },
  /** Whether this section was opened to go on in it. Answers once. */
  take(section: string): boolean {
    const is = asked === section;
    asked = undefined;
    return is;
  },
};
