import type { CommandContext } from "./command.js";

/** Asks the person; where real money may move, for a word that nobody types by habit. */
export async function confirm({ terminal, signal }: CommandContext, isRealMoney: boolean): Promise<boolean> {
  const word = isRealMoney ? "real money" : "yes";
  const answer = await terminal.ask(`Type "${word}" to go on: `, signal);
  return answer?.trim().toLowerCase() === word;
}
