// Owns what every command gives back, and the fault of using one wrongly.

export interface Answer {
  /** For people. */
  text: string;
  /** For `--json`. */
  json: object;
}

/** The command line itself is wrong; the usage is printed with it. */
export class UsageError extends Error {}
