/** Which way data goes. What breaks a caller in one direction does not in the other. */
export type Direction = "request" | "answer";

/** Review: a person has to look, because callers may meet it or because it was not understood. */
export type Word = "breaking" | "review" | "compatible";

export interface Change {
  word: Word;
  /** The schema or operation that it is listed under. */
  heading: string;
  text: string;
  direction?: Direction;
  /** In how many requests and answers, where that is known. */
  places?: number;
}

export type Say = (word: Word, text: string) => void;

/** A say that puts its changes on a list, under one heading. */
export function sayTo(changes: Change[], heading: string, prefix = ""): Say {
  return (word, text) => void changes.push({ word, heading, text: prefix + text });
}

export function breakingIf(isBreaking: boolean): Word {
  return isBreaking ? "breaking" : "compatible";
}

export function firstWord(changes: readonly Change[]): Word | undefined {
  const order: readonly Word[] = ["breaking", "review", "compatible"];
  return order.find((word) => changes.some((change) => change.word === word));
}
