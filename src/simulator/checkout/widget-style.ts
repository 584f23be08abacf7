/** Styles of the widget, scoped to its shadow root. */
export const widgetStyle = `
:host { all: initial; display: block; color-scheme: light dark; container-type: inline-size;
  --card: light-dark(#fff, #181c25); --line: light-dark(#dcdfe7, #2c3341); --field: light-dark(#8b93a5, #6b7489);
  --text: light-dark(#161a23, #eceef4); --soft: light-dark(#565e6e, #a6aebd); --main: light-dark(#4338ca, #a5a8ff);
  --strong: light-dark(#3730a3, #c3c5ff); --on-main: light-dark(#fff, #12141c); --tint: light-dark(#eef0ff, #23264a);
  --bad: light-dark(#b42318, #fda29b); --bad-tint: light-dark(#fef3f2, #3a1a18); }
* { box-sizing: border-box; }
form, .over { display: grid; gap: 1rem; padding: 1.25rem; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; }
.head strong { font-size: 1.375rem; font-variant-numeric: tabular-nums; }
.pill { padding: .1rem .6rem; border-radius: 99px; background: var(--tint); color: var(--strong); font-size: .8125rem; font-weight: 600; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
@container (max-width: 20rem) { .pair { grid-template-columns: 1fr; } }
label, summary { font-size: .875rem; font-weight: 600; }
input { display: block; width: 100%; margin-top: .3rem; padding: .65rem .75rem; font: inherit; font-weight: 400; font-size: 1rem; color: inherit;
  font-variant-numeric: tabular-nums; background: transparent; border: 1px solid var(--field); border-radius: 10px; }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
p { margin: 0; }
.fault { margin-top: .3rem; color: var(--bad); font-size: .875rem; font-weight: 400; }
.alert:not(:empty) { padding: .7rem .9rem; border-radius: 10px; background: var(--bad-tint); color: var(--bad); font-weight: 600; }
.alert:empty { display: none; }
button { min-height: 3.1rem; padding: .6rem 1rem; font: inherit; font-weight: 700; color: var(--on-main); background: var(--main);
  border: 0; border-radius: 10px; cursor: pointer; transition: background .15s; }
button:hover { background: var(--strong); }
button[aria-disabled=true] { opacity: .65; cursor: progress; }
summary { cursor: pointer; border-radius: 6px; }
details > div { margin-top: .75rem; }
.soft { color: var(--soft); font-size: .875rem; font-weight: 400; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: .6rem 0 0; font-size: .875rem; }
dt { font: .8125rem/1.6 ui-monospace, monospace; white-space: nowrap; }
dd { margin: 0; text-align: end; color: var(--soft); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
