// Imports one entry where nothing can be touched unseen, and writes down what was touched.
import { writeSync } from "node:fs";
import { register } from "node:module";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

const { port1, port2 } = new MessageChannel();
register("./hooks.mjs", import.meta.url, { data: { port: port2 }, transferList: [port2] });

const touched = [];
const fromPackages = () => new Error().stack.includes("/node_modules/");
function note(what) {
  if (fromPackages()) touched.push(what);
}

for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) {
  const original = globalThis[name];
  globalThis[name] = (...args) => {
    note(name);
    return original(...args);
  };
}
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (...args) => {
    note("output");
    return write(...args);
  };
}
process.env = new Proxy(process.env, {
  get(target, name) {
    note(`process.env.${String(name)}`);
    return target[name];
  },
  has(target, name) {
    note(`process.env.${String(name)}`);
    return name in target;
  },
  ownKeys(target) {
    note("process.env");
    return Reflect.ownKeys(target);
  },
});
for (const name of [
  "Object",
  "Array",
  "Function",
  "Promise",
  "Error",
  "Map",
  "Set",
  "String",
  "Uint8Array",
]) {
  Object.freeze(globalThis[name]);
  Object.freeze(globalThis[name].prototype);
}
Object.freeze(Math);
Object.freeze(JSON);

const globalNames = () => Reflect.ownKeys(globalThis).map(String);
const listeners = () => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
const before = { names: globalNames(), handles: process.getActiveResourcesInfo(), listeners: listeners() };

await import(process.argv[2]);

const added = globalNames().filter((name) => !before.names.includes(name));
// The loader's own thread may have ended one of its handles meanwhile, so only what came counts.
const handles = [...process.getActiveResourcesInfo()];
for (const handle of before.handles) {
  if (handles.includes(handle)) handles.splice(handles.indexOf(handle), 1);
}
const loaded = [];
for (
  let message = receiveMessageOnPort(port1);
  message !== undefined;
  message = receiveMessageOnPort(port1)
) {
  loaded.push(message.message);
}
port1.close();
writeSync(
  1,
  JSON.stringify({ touched, added, handles, listeners: listeners() - before.listeners, loaded }) + "\n",
);
