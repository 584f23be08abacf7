import { parseArgs } from "node:util";
import { validateWithPrism } from "./validation/prism.js";
import { validateWithRedocly } from "./validation/redocly.js";
import { startRouter } from "./validation/router.js";

const help = `Runs the behaviour tests with a validating proxy between the clients and the simulator: once through Prism's, once
through Redocly's. Ends non-zero when a request or an answer does not agree with the spec, or when an operation or a
documented status was not exercised. Requests that the simulator refuses, too, are meant to be wrong and do not count.

  npm run test:validated
`;

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const router = await startRouter();
  try {
    const failures = [...(await validateWithPrism(router.url)), ...(await validateWithRedocly(router.url))];
    for (const failure of failures) console.error(`✗ ${failure}`);
    process.exitCode = failures.length === 0 ? 0 : 1;
  } finally {
    router.close();
  }
}
