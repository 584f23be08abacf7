import { addressCases } from "./addresses.js";
import { algorithmCases } from "./algorithms.js";
import type { AttackCase } from "./attack-case.js";
import { claimCases } from "./claims.js";
import { encodingCases } from "./encodings.js";
import { foreignAddressCases } from "./foreign-addresses.js";
import { extensionCases, keyIdCases } from "./key-ids.js";
import { keyInjectionCases } from "./key-injection.js";
import { segmentCases } from "./segments.js";
import { signatureCases } from "./signatures.js";
import { textCases } from "./texts.js";
import { keyCases } from "./weak-keys.js";

/** Everything a redirection verifier has to get right. */
export const allCases: readonly AttackCase[] = [
  ...algorithmCases,
  ...keyInjectionCases,
  ...keyIdCases,
  ...extensionCases,
  ...encodingCases,
  ...segmentCases,
  ...signatureCases,
  ...keyCases,
  ...claimCases,
  ...textCases,
  ...addressCases,
  ...foreignAddressCases,
];
