/** How much work a run takes: `quick` is a third of it, and `short` only shows that everything runs. */
export type Effort = "full" | "quick" | "short";

/** One line of the budgets: what was wanted, what was measured. */
export interface Budget {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Bars beside each other, one group a name. */
export interface Chart {
  readonly file: string;
  readonly title: string;
  /** The same in a sentence, for those who cannot see it. */
  readonly description: string;
  readonly unit: string;
  readonly series: readonly string[];
  readonly groups: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface Findings {
  readonly method: string;
  readonly tables: readonly Table[];
  readonly budgets: readonly Budget[];
  readonly charts: readonly Chart[];
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly measure: (effort: Effort) => Promise<Findings>;
}
