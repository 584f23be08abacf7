/** Which way data goes. What breaks a caller in one direction does not in the other. */
export type Direction = "request" | "answer";

export interface Change {
  isBreaking: boolean;
  text: string;
}

export function breaking(text: string): Change {
  return { isBreaking: true, text };
}

export function compatible(text: string): Change {
  return { isBreaking: false, text };
}

export function change(isBreaking: boolean, text: string): Change {
  return { isBreaking, text };
}

/** The same changes under a heading. */
export interface ChangesOf {
  heading: string;
  changes: Change[];
}
