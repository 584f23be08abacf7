import { pageStyle } from "../checkout/page-style.js";

/** Styles of the dashboard, the widget demo and the return page. */
export const dashboardStyle: string =
  pageStyle +
  `
body { padding: 0 clamp(.75rem, 2.5vw, 2rem) 3rem; font-size: .9375rem; }
.top { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between;
  gap: .5rem 1rem; margin: 0 calc(-1 * clamp(.75rem, 2.5vw, 2rem)); padding: .8rem clamp(.75rem, 2.5vw, 2rem);
  background: color-mix(in srgb, var(--page) 88%, transparent); backdrop-filter: blur(8px); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: .75rem; min-width: 0; }
.brand p { margin: 0; }
.logo { flex: none; width: 2.25rem; height: 2.25rem; border-radius: 10px; background: linear-gradient(135deg, #6366f1, #4338ca);
  box-shadow: inset 0 -.75rem 0 rgb(255 255 255 / .25); }
h1 { margin: 0; font-size: 1.125rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 0; font-size: .9375rem; }
.soft, .empty { color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
.live { display: flex; align-items: center; gap: .45rem; margin: 0; font-size: .8125rem; color: var(--soft); }
.live::before { content: ""; width: .6rem; height: .6rem; border-radius: 50%; background: var(--field); }
.live.on::before { background: var(--good); box-shadow: 0 0 0 3px var(--good-tint); }
.live.off::before { background: var(--bad); }
.message { grid-column: 1 / -1; margin: 1rem 0 0; padding: .7rem 1rem; border-radius: 10px; background: var(--bad-tint); color: var(--bad); }
.counts { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(5, 1fr); gap: .75rem; margin: 1rem 0 0; }
.counts div { padding: .7rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.counts dt { color: var(--soft); font-size: .8125rem; }
.counts dd { margin: 0; font-size: 1.5rem; font-weight: 700; line-height: 1.2; }
main { display: grid; gap: 1rem; align-items: start; }
main.shop { display: block; }
.column { display: grid; gap: 1rem; min-width: 0; }
@media (min-width: 60rem) {
  main:not(.shop) { grid-template-columns: minmax(0, 5fr) minmax(21rem, 3fr); grid-template-rows: auto auto auto 1fr; }
  .controls { grid-column: 2; grid-row: 3; }
  .lists { grid-column: 1; grid-row: 3 / span 2; }
  .rest { grid-column: 2; grid-row: 4; }
  .message { grid-row: 1; } .counts { grid-row: 2; } }
.panel { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1rem 1.1rem; }
.panel > h2 { margin-bottom: .6rem; }
.rows { list-style: none; margin: 0; padding: 0; }
.panel > .more { margin: .4rem 0 0; }
.more:not(:has([hidden])) { padding-top: .6rem; border-top: 1px solid var(--line); }
.more:has([hidden]) { display: none; }
.more button { width: 100%; }
.parts { margin: .15rem 0; padding: 0 0 0 .75rem; list-style: none; border-inline-start: 2px solid var(--line); }
.parts li { display: flex; justify-content: space-between; gap: .2rem .75rem; font-size: .8125rem; }
.rows > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .75rem; align-items: center; padding: .6rem 0;
  border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; }
.rows > li.fresh { animation: fresh 1.6s ease-out; }
@keyframes fresh { from { background: var(--tint); } }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .5rem; font-weight: 600; overflow-wrap: anywhere; }
.line { grid-column: 1 / -1; }
.end { text-align: end; white-space: nowrap; }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .8125rem; font-weight: 400; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: 99px; font-size: .75rem; font-weight: 600; white-space: nowrap;
  background: var(--page); color: var(--soft); border: 1px solid var(--line); }
.badge.good { background: var(--good-tint); color: var(--good); border-color: transparent; }
.badge.bad { background: var(--bad-tint); color: var(--bad); border-color: transparent; }
.badge.warn { background: var(--warn-tint); color: var(--warn); border-color: transparent; }
.bar { display: flex; height: .5rem; margin: .35rem 0 .3rem; border-radius: 99px; overflow: hidden; background: var(--line); }
.bar i { display: block; min-width: 2px; }
.bar .kept, .key .kept::before { background: #12a46b; }
.bar .refunded, .key .refunded::before { background: #e8710a; }
.bar .voided, .key .voided::before { background: #8b93a5; }
.bar .available, .key .available::before { background: #6366f1; }
.bar .pending, .key .pending::before { background: #d9a514; }
.key { display: flex; flex-wrap: wrap; gap: .1rem .9rem; color: var(--soft); font-size: .8125rem; }
.key span::before { content: ""; display: inline-block; width: .55rem; height: .55rem; margin-inline-end: .35rem; border-radius: 3px; }
details summary { cursor: pointer; color: var(--soft); font-size: .8125rem; border-radius: 6px; }
details ul { margin: .3rem 0 0; padding: 0; list-style: none; }
details li { display: flex; flex-wrap: wrap; gap: .2rem .6rem; padding: .2rem 0; font-size: .8125rem; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; }
.line > .actions { margin-top: .4rem; }
.rows + .actions, .empty + .actions, .soft + .actions { margin-top: .6rem; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.25rem; padding: .3rem .8rem; font: inherit;
  font-size: .875rem; color: var(--text); text-decoration: none; background: var(--card); border: 1px solid var(--field);
  border-radius: 9px; cursor: pointer; transition: background .15s; }
button:hover, .button:hover { background: var(--page); }
button.main { color: var(--on-main); background: var(--main); border-color: var(--main); font-weight: 600; }
button.main:hover { background: var(--main-strong); }
button.small { min-height: 1.75rem; padding: .1rem .6rem; font-size: .8125rem; }
a { color: var(--main); }
.fields { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem; margin-bottom: .4rem; }
.fields label { flex: 1 1 8rem; min-width: 0; font-size: .8125rem; color: var(--soft); }
.fields .short { flex: 0 1 4.5rem; }
select, input[type=number] { display: block; width: 100%; min-height: 2.25rem; margin-top: .2rem; padding: .3rem .5rem; font: inherit;
  color: var(--text); background: var(--card); border: 1px solid var(--field); border-radius: 9px; }
.panel > .time { margin: 0 0 .7rem; font-size: 1.125rem; font-weight: 600; }
.hidden-input { position: absolute; width: 1px; height: 1px; opacity: 0; }
.hidden-input:focus-visible + *, label:has(+ .hidden-input:focus-visible) { outline: 3px solid var(--main); outline-offset: 2px; }
.empty { margin: 0; }
.shop { max-width: 32rem; margin: 2rem auto; }
.shop .panel { padding: 1.5rem; }
.shop dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; }
.shop dt { color: var(--soft); }
.shop dd { margin: 0; font: .8125rem/1.85 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
.shop h1 { margin-bottom: .5rem; font-size: 1.375rem; }
.shop .actions { margin-top: 1rem; }
#fault-form { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.panel > p { margin: 0; }
.shop #widget, .shop dl { margin-top: 1rem; }
@media (max-width: 40rem) { .counts { display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
  .counts div { display: flex; flex-direction: row-reverse; gap: .3rem; padding: 0; background: none; border: 0; }
  .counts dd, .counts dt { font-size: .9375rem; line-height: inherit; } .counts dt { text-transform: lowercase; }
  .panel { padding: .9rem; } button, .button, select, input[type=number] { min-height: 2.75rem; }
  .shop dl { grid-template-columns: 1fr; gap: 0; } .shop dd { margin-bottom: .5rem; }
  .clock { display: grid; grid-template-columns: 1fr 1fr; } }
`;
