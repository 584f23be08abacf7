// Runs in the thread of the module loader and tells the program's thread what is resolved.
let port;

export function initialize(given) {
  port = given.port;
}

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  port.postMessage(resolved.url);
  return resolved;
}
