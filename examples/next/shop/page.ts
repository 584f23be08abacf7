/** A page of ours alone: nothing of what the request says goes into it. */
export function page(text: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>${text}</p></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    // An outcome is for the shopper alone, and its address for no other site.
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return new Response(html, { status, headers });
}
