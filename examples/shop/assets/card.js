// Pays with the token of a card, and goes on as the payment wants it.
import { collectBrowser, followStep } from "/purse-browser.js";

const form = document.querySelector("#card-form");
let isSent = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isSent) return;
  isSent = true;
  form.querySelector("button").setAttribute("aria-disabled", "true");
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ vaultFormToken: form.elements.token.value, browser: collectBrowser() }),
  }).catch(() => undefined);
  if (answer?.ok && followStep(await answer.json())) return;
  // The order's page knows what became of it, or that this is not known yet.
  location.assign(form.dataset.order);
});
