/** What bounds a ratio in the figures that are to be reached, such as `>= 2`. */
export interface Ratio {
  min: number;
  median: number;
  max: number;
}

export interface Row {
  case: string;
  value: number | null;
  unit: string;
  /** What it was measured against, with its version; null where there is none. */
  peer: string | null;
  /** Ours over the peer's, above 1 where ours is the better one; null without a peer that ran. */
  ratio: Ratio | null;
  /** Of the ratio, or of the value where there is no peer; null where the row only informs. */
  target: string | null;
}

export interface CaseOptions {
  /** Less work: shows that a case runs. Its figures are too short to be quoted. */
  quick: boolean;
  pairs: number;
}

export interface Case {
  name: string;
  summary: string;
  run(options: CaseOptions): Promise<Row[]>;
}
