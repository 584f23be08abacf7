import { createServer } from "node:http";
import { answer, tokenAnswer } from "../overhead/answers.mjs";

/** The one server that all clients talk to, in a process of its own. Prints its port; ends when its input does. */
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.on("end", () => {
    const text = request.url === "/oauth/token" ? tokenAnswer : answer;
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    response.writeHead(200, headers).end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("close", () => process.exit(0)).resume();
