import { callFaultKinds, webhookFaultKinds } from "../state/fault-records.js";
import { listOperations } from "../protocol/operation-lookup.js";
import type { LongList } from "./overview.js";

const answers = [
  "refuse",
  "error",
  "pending",
  "pending_then_refuse",
  "undecided",
  "conflict",
  "uncertain",
  "approve",
];

/** The empty dashboard. Its script fills in all data, as text. */
export function renderDashboard(): string {
  return page(
    "Purse simulator",
    `<header class="top">
<div class="brand"><span class="logo" aria-hidden="true"></span><div><h1>Purse simulator</h1>
<p class="soft" id="origin"></p></div></div>
<p id="live" class="live" role="status">Connecting …</p>
</header>
<main>
<p id="message" class="message" role="alert" hidden></p>
<dl id="counts" class="counts"></dl>
<div class="column controls">
${panel("try", "Try it", tryIt)}
${panel("clock", "Clock", clock)}
${panel("faults", "Faults", faults())}
${panel("partners", "Next partner answers", partners())}
</div>
<div class="column lists">
${panel("payments", "Payments", list("payments", "No payments yet. Create a session and pay it."))}
${panel("sessions", "Client sessions", list("sessions", "No sessions yet."))}
${panel("requests", "Requests", list("requests", "No requests yet."))}
</div>
<div class="column rest">
${panel("ledger", "Ledger", list("ledger", "No movements yet."))}
${panel("webhooks", "Webhooks", list("webhooks", "No webhooks yet. Create a session with a webhook."))}
${panel("keys", "Signing keys", keys)}
${panel("state", "State", state)}
</div>
</main>`,
    "/_simulator/dashboard.js",
  );
}

/** A page with the dashboard's style and one script. */
export function page(title: string, body: string, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_simulator/dashboard.css">
<script src="${script}" defer></script>
</head>
<body>
${body}
<noscript><p class="message">This page needs JavaScript.</p></noscript>
</body>
</html>
`;
}

function panel(id: string, title: string, content: string): string {
  return `<section class="panel" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${content}</section>`;
}

/** A list that shows its newest entries, and all of them when asked. */
function list(id: LongList, empty: string): string {
  return `<ul class="rows" id="${id}" aria-labelledby="${id}-title"></ul><p class="empty" id="${id}-empty">${empty}</p>
<p class="more"><button type="button" id="${id}-more" data-more="${id}" aria-controls="${id}" aria-expanded="false" hidden></button></p>`;
}

const tryIt = `<div class="actions"><button type="button" class="main" data-demo="HOSTED_PAGE">New session</button><a class="button" href="/_simulator/widget">Try the widget</a></div>`;

const clock = `<p class="time"><time id="now"></time> <span id="frozen" class="badge" hidden>stopped</span></p>
<div class="actions clock" role="group" aria-label="Advance the clock">
<button type="button" data-advance="minutes">+ 1 minute</button>
<button type="button" data-advance="hours">+ 1 hour</button>
<button type="button" data-advance="days">+ 1 day</button>
<button type="button" id="freeze">Stop</button></div>`;

const keys = `<ul class="rows" id="keys" aria-labelledby="keys-title"></ul><p class="empty" id="keys-empty">No key yet. The first redirect creates one.</p>
<div class="actions"><button type="button" data-rotate="86400000">Rotate</button><button type="button" data-rotate="0">Rotate and remove the old key</button></div>`;

const state = `<p class="soft">Sessions, payments, ledger, keys and the time, as a file.</p>
<div class="actions"><a class="button" href="/_simulator/state" download="purse-simulator.json">Save</a>
<label class="button" for="load">Load</label><input id="load" class="hidden-input" type="file" accept="application/json,.json">
<button type="button" id="reset">Delete everything</button></div>`;

function faults(): string {
  const kinds = [...callFaultKinds, ...webhookFaultKinds].map(toOption).join("");
  const operations = listOperations()
    .map(({ operationId }) => toOption(operationId))
    .join("");
  return `<form id="fault-form" class="fields">
<label>Kind<select name="kind">${kinds}</select></label>
<label>Operation<select name="operation"><option value="">any</option>${operations}</select></label>
<label class="short">Times<input name="times" type="number" min="1" max="1000" value="1"></label>
<button class="main">Add</button></form>
<ul class="rows" id="faults" aria-labelledby="faults-title"></ul><p class="empty" id="faults-empty">No faults queued.</p>`;
}

function partners(): string {
  const kinds = ["authorization", "capture", "refund", "void"].map(toOption).join("");
  return `<form id="partner-form" class="fields">
<label>Answer<select name="answer">${answers.map(toOption).join("")}</select></label>
<label>To<select name="kind"><option value="">any</option>${kinds}</select></label>
<button class="main">Add</button></form>
<ul class="rows" id="partners" aria-labelledby="partners-title"></ul><p class="empty" id="partners-empty">Everything is approved.</p>`;
}

function toOption(value: string): string {
  return `<option value="${value}">${value.replaceAll("_", " ")}</option>`;
}
