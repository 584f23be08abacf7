/** `text` is our own and never from the request, so it is not escaped. */
export function page(text: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>${text}</p></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    // Do not cache a shopper's outcome, and do not send its address to other sites.
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return new Response(html, { status, headers });
}
