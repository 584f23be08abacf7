// Draws Purse's payment widget. When the shopper has paid, the widget sends the browser to the shop's return address.
const place = document.querySelector("#purse-widget");

function tellOfProblem() {
  document.querySelector("#widget-problem").hidden = false;
}

let isDrawn = false;

async function draw() {
  const checkout = await globalThis.Purse.createDropinCheckout({
    session: place.dataset.widget,
    eventListener: ({ code }) => {
      // Once it is drawn, the widget says itself what is wrong with a card.
      if (code === "error" && !isDrawn) tellOfProblem();
    },
    // The session has run out: the shop opens another one.
    hooks: { onRefreshSession: () => document.querySelector("#widget-refresh").submit() },
  });
  await checkout.mount(place);
  isDrawn = true;
}

draw().catch(tellOfProblem);
