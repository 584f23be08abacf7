/** Styles of the widget, scoped to its shadow root. */
export const widgetStyle = `
:host { all: initial; display: block; color-scheme: inherit; container-type: inline-size;
  --font: var(--purse-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif); --radius: var(--purse-radius, 10px);
  --card: var(--purse-background, light-dark(#fff, #181c25)); --text: var(--purse-text, light-dark(#161a23, #eceef4));
  --soft: var(--purse-soft-text, light-dark(#565e6e, #a6aebd)); --line: var(--purse-line, light-dark(#dcdfe7, #2c3341));
  --field: var(--purse-field-line, light-dark(#8b93a5, #6b7489)); --main: var(--purse-main, light-dark(#4338ca, #a5a8ff));
  --on-main: var(--purse-on-main, light-dark(#fff, #12141c)); --strong: color-mix(in srgb, var(--main) 80%, var(--text));
  --tint: color-mix(in srgb, var(--main) 10%, var(--card));
  --bad: light-dark(#b42318, #fda29b); --bad-tint: light-dark(#fef3f2, #3a1a18); }
* { box-sizing: border-box; }
form, .over { display: grid; gap: 1rem; padding: 1.25rem; font: 1rem/1.5 var(--font); font-variant-numeric: tabular-nums;
  color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: calc(var(--radius) * 1.5); }
.head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; }
.head strong { font-size: 1.375rem; }
.pill { padding: .1rem .6rem; border-radius: 99px; background: var(--tint); color: var(--strong); font-size: .8125rem; font-weight: 600; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.pair label { white-space: nowrap; }
@container (max-width: 20rem) { .pair { grid-template-columns: 1fr; } }
label, summary { font-size: .875rem; font-weight: 600; }
input { display: block; width: 100%; margin-top: .3rem; padding: .65rem .75rem; font: inherit; font-weight: 400; font-size: 1rem; color: inherit; background: transparent; border: 1px solid var(--field); border-radius: var(--radius); }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
p { margin: 0; }
.fault { margin-top: .3rem; color: var(--bad); font-size: .875rem; font-weight: 400; }
.alert:not(:empty) { padding: .7rem .9rem; border-radius: var(--radius); background: var(--bad-tint); color: var(--bad); font-weight: 600; }
.alert:empty { display: none; }
button { font: inherit; color: inherit; background: transparent; border: 1px solid transparent; border-radius: var(--radius); cursor: pointer;
  transition: background .15s; }
button.main { min-height: 3.1rem; padding: .6rem 1rem; font-weight: 700; color: var(--on-main); background: var(--main); border-color: var(--main); }
button.main:hover { background: var(--strong); }
button.main[aria-disabled=true] { opacity: .65; cursor: progress; }
a { color: var(--main); }
.instead { text-align: center; font-size: .9375rem; }
summary { cursor: pointer; border-radius: 6px; }
details > div { margin-top: .75rem; }
.soft { color: var(--soft); font-size: .875rem; font-weight: 400; }
ul { margin: .5rem -.6rem 0; padding: 0; list-style: none; }
.cards button { display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; align-items: baseline; width: 100%; min-height: 2.5rem;
  padding: .4rem .6rem; font-size: .875rem; text-align: start; }
.cards button > .soft { text-align: end; }
.cards button:hover { background: var(--tint); }
.number { font: .8125rem/1.6 ui-monospace, monospace; white-space: nowrap; text-decoration: underline; text-decoration-color: var(--field);
  text-underline-offset: .25em; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
