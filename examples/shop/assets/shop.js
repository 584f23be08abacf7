// A form that moves something is sent once, however often its button is clicked. The server makes sure of it as well.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent === "yes") return event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}

// The browser may bring back a page whose forms were sent.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// An order's page looks after its order for a few minutes: a webhook may change it at any time.
const watched = document.querySelector("[data-watch]");
if (watched !== null) {
  let looks = 0;
  const look = async () => {
    looks += 1;
    try {
      const answer = await fetch(watched.dataset.watch);
      const { state } = await answer.json();
      if (answer.ok && state !== watched.dataset.state) return location.reload();
    } catch {
      // The network is away for a moment; the next look may do better.
    }
    if (looks < 200) setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
}
