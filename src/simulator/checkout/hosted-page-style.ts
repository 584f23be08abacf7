/** Styles of the payment page. */
export const hostedPageStyle = `
body { padding: clamp(1rem, 5vh, 4rem) 1rem; }
main { max-width: 30rem; margin: 0 auto; background: var(--card); border: 1px solid var(--line); border-radius: 18px;
  box-shadow: 0 1px 2px rgb(16 24 40 / .05), 0 12px 32px rgb(16 24 40 / .08); overflow: hidden; }
header, form, .cards, .message { padding: 1.5rem clamp(1.25rem, 5vw, 2rem); }
header { border-bottom: 1px solid var(--line); }
.pill { display: inline-block; padding: .15rem .65rem; border-radius: 99px; background: var(--tint); color: var(--main-strong);
  font-size: .8125rem; font-weight: 600; }
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1rem; }
.merchant { font-weight: 600; overflow-wrap: anywhere; }
p { margin: 0; }
.message .soft { margin-top: .5rem; font-size: .9375rem; }
h1 { margin: .75rem 0 0; font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; }
.soft { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
table { width: 100%; margin-top: 1rem; border-collapse: collapse; }
th, td { padding: .4rem 0; text-align: start; font-weight: 400; overflow-wrap: anywhere; vertical-align: top; }
td { padding-inline-start: 1rem; text-align: end; white-space: nowrap; }
tbody th, tbody td { border-bottom: 1px solid var(--line); font-size: .9375rem; }
tfoot th, tfoot td { padding-top: .75rem; font-weight: 700; font-size: 1.25rem; }
label, summary { font-size: .875rem; font-weight: 600; }
.field { margin-bottom: 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; }
.pair label { white-space: nowrap; }
input { width: 100%; margin-top: .35rem; padding: .7rem .8rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--field); border-radius: 10px; }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.fault { margin: .35rem 0 0; color: var(--bad); font-size: .875rem; }
[role=alert] { margin: 0 0 1.25rem; padding: .75rem 1rem; border-radius: 10px; background: var(--bad-tint); color: var(--bad);
  font-weight: 600; }
summary { cursor: pointer; padding: .25rem 0; border-radius: 6px; }
form details { margin-bottom: 1.25rem; }
form details .field { margin: .75rem 0 .35rem; }
.field .soft { margin-top: .35rem; }
.buttons { display: grid; gap: .75rem; }
.others { display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; }
button { min-height: 2.75rem; padding: .6rem 1rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--field); border-radius: 10px; cursor: pointer; transition: background .15s; }
button:hover { background: var(--page); }
button.main { min-height: 3.25rem; font-weight: 700; color: var(--on-main); background: var(--main); border-color: var(--main); }
button.main:hover { background: var(--main-strong); }
.cards { border-top: 1px solid var(--line); background: color-mix(in srgb, var(--page) 55%, var(--card)); }
.cards details { margin-top: .75rem; }
.cards ul { margin: .5rem -.75rem 0; padding: 0; list-style: none; }
.cards button { display: grid; grid-template-columns: auto 1fr; align-items: baseline; gap: 0 1rem; width: 100%;
  padding: .55rem .75rem; font-size: .875rem; text-align: start; border-color: transparent; border-radius: 8px; }
.cards button:hover { background: var(--card); border-color: var(--line); }
.cards button[aria-pressed=true] { background: var(--tint); border-color: var(--main); }
.number { font: .8125rem/1.6 ui-monospace, monospace; white-space: nowrap; text-decoration: underline; text-decoration-color: var(--field);
  text-underline-offset: .25em; }
.outcome { color: var(--soft); text-align: end; }
`;
