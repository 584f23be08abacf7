import { createServer } from "node:http";
import { answer, tokenAnswer } from "../overhead/answers.mjs";

/** Very many callers at once on a client that has no token yet: how many token requests arrive? */
const callers = Number(process.argv[2] ?? 1000);
let tokenRequests = 0;
const server = createServer((request, response) => {
  request.resume();
  const isToken = request.url === "/oauth/token";
  if (isToken) tokenRequests += 1;
  // Slow enough that every caller is there before it is answered.
  setTimeout(() => response.end(isToken ? tokenAnswer : answer), isToken ? 200 : 0);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { Purse } = await import("../../dist/index.js");
const baseUrl = `http://127.0.0.1:${server.address().port}`;
const purse = new Purse({ baseUrl, clientId: "id", clientSecret: "secret" });
const results = await Promise.all(Array.from({ length: callers }, () => purse.payments.retrieve("id")));
console.log(JSON.stringify({ callers, answered: results.length, tokenRequests }));
server.closeAllConnections();
server.close();
