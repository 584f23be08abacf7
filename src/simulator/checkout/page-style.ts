/** Shared styles of the simulator's pages. Contrast is at least 4.5:1 in both colour schemes. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f3f4f8; --card: #fff; --line: #dcdfe7; --field: #8b93a5; --text: #161a23;
  --soft: #565e6e; --main: #4338ca; --main-strong: #3730a3; --on-main: #fff; --tint: #eef0ff; --bad: #b42318;
  --bad-tint: #fef3f2; --good: #067647; --good-tint: #ecfdf3; --warn: #93500c; --warn-tint: #fffaeb; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1218; --card: #181c25; --line: #2c3341; --field: #6b7489; --text: #eceef4; --soft: #a6aebd;
    --main: #a5a8ff; --main-strong: #c3c5ff; --on-main: #12141c; --tint: #23264a; --bad: #fda29b; --bad-tint: #3a1a18;
    --good: #75e0a7; --good-tint: #10301f; --warn: #fec84b; --warn-tint: #33260a; }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; background: var(--page);
  color: var(--text); -webkit-text-size-adjust: 100%; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`;
