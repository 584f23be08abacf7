import type { Chart } from "./section.js";

const [labelWidth, plotWidth, valueWidth] = [300, 340, 70];
const [barHeight, groupGap, top] = [14, 12, 64];
const width = labelWidth + plotWidth + valueWidth;

/** Readable on white and on black; told apart by lightness, too. */
const colours = ["#2f81d6", "#d98c1f"];

const style = `text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
    .title { font-size: 15px; font-weight: 600 }
    .own { font-weight: 600 }
    line { stroke: #8c959f; stroke-width: 1 }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }`;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A picture of bars, with everything it shows as text as well. */
export function drawChart({ title, description, unit, series, groups }: Chart): string {
  const groupHeight = series.length * barHeight + groupGap;
  const height = top + groups.length * groupHeight + 8;
  const largest = Math.max(...groups.flatMap(({ values }) => values));
  const digits = largest < 20 ? (unit === "×" ? 2 : 1) : 0;
  const parts = groups.flatMap(({ name, values }, index) => {
    const y = top + index * groupHeight;
    const bars = values.map((value, at) => {
      const barY = y + at * barHeight;
      const length = Math.max(1, (value / largest) * plotWidth);
      return [
        `<rect x="${String(labelWidth)}" y="${String(barY)}" width="${length.toFixed(1)}" height="${String(barHeight - 2)}" fill="${String(colours[at])}"/>`,
        `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${String(barY + 11)}">${value.toFixed(digits)} ${unit}</text>`,
      ].join("");
    });
    const labelY = y + (values.length * barHeight) / 2 + 4;
    const own = name.startsWith("purse-payments") ? ' class="own"' : "";
    const label = `<text x="${String(labelWidth - 10)}" y="${String(labelY)}" text-anchor="end"${own}>${escape(name)}</text>`;
    return [label, ...bars];
  });
  const legend =
    series.length < 2
      ? []
      : series.flatMap((name, at) => {
          const x = labelWidth + at * 80;
          return [
            `<rect x="${String(x)}" y="36" width="12" height="12" fill="${String(colours[at])}"/>`,
            `<text x="${String(x + 18)}" y="47">${escape(name)}</text>`,
          ];
        });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-labelledby="title description">
  <title id="title">${escape(title)}</title>
  <desc id="description">${escape(description)}</desc>
  <style>
    ${style}
  </style>
  <text x="10" y="22" class="title">${escape(title)}</text>
  ${[...legend, `<line x1="${String(labelWidth)}" y1="${String(top - 6)}" x2="${String(labelWidth)}" y2="${String(height - 4)}"/>`, ...parts].join("\n  ")}
</svg>
`;
}
