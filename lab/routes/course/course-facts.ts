/** What the course's page has to know of the reading, the exercises, the questions and Prime Day, and no more of them than this. */

export interface SectionFacts {
  /** Also the objective's. */
  id: string;
  /** Place in the module: `3.6`. */
  number: string;
  title: string;
  /** To read it. */
  minutes: number;
  /** `share` of the words stand before it. */
  headings: { id: string; title: string; share: number }[];
}

export interface ExerciseFacts {
  /** The folder's name. */
  id: string;
  title: string;
  /** Its code can be run on Prime Day. */
  primeDay: boolean;
}

/** Two runs of Prime Day, side by side. Times are seconds of the scenario. */
export interface IncidentFacts {
  seed: number;
  fromS: number;
  /** Between two values. */
  stepS: number;
  /** Mean response time. */
  aloneMs: number[];
  /** The same run with the levers of the rescue. */
  rescuedMs: number[];
  surge: { fromS: number; toS: number; factor: number };
  rescueAtS: number;
  /** From the surge on, until its objectives held. */
  rescuedAfterS: number;
  targetMs: number;
  recoverWithinS: number;
  /** Of the scenario's start, in seconds of the day. */
  startOfDayS: number;
}

export interface CourseFacts {
  sections: SectionFacts[];
  exercises: ExerciseFacts[];
  /** Ids, by objective. */
  questions: Record<string, string[]>;
  /** Questions of the module's test. */
  test: string[];
  incident: IncidentFacts;
}
