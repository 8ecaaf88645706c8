/** The simulator as an expression in one text, which lab/setup/learner-program.ts builds. */
declare module '@learner-program' {
  const text: string;
  export default text;
}
