export { toDecimalString, toMinorUnits } from "./amounts.js";
export { currencyDecimals, listCurrencies } from "./currencies.js";
export { formatMoney } from "./format.js";
export { splitAmount } from "./split.js";

export { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
export { isPurseError } from "../errors/union.js";
