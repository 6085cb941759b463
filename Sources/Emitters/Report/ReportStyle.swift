/// The style sheet of `report.html`: light and dark, narrow and wide, screen and paper.
enum ReportStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --ink: #1c2733; --quiet: #5a6875; --line: #d8dee4; --good: #1a7f4b;
      --bad: #b3261e; --c0: #2f6db3; --c1: #d17b0f; --c2: #3d8f5f; --c3: #8e5bb5; --c4: #b8455b;
      --c5: #6b7785;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14191f; --ink: #e6ebf0; --quiet: #9aa7b3; --line: #2f3944; --good: #5ecb92;
        --bad: #ff8a80; --c0: #6aa5e8; --c1: #f0a845; --c2: #6cc495; --c3: #c095e6; --c4: #f07f95;
        --c5: #9aa7b3;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.55 system-ui, sans-serif;
    }
    h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
    h2 { margin: 2.75rem 0 0.5rem; font-size: 1.3rem; }
    p, figcaption, caption, dt { color: var(--quiet); }
    a { color: var(--c0); }
    :focus-visible { outline: 3px solid var(--c1); outline-offset: 2px; }
    dl.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.25rem; margin: 1.5rem 0; }
    dl.facts div { min-width: 7rem; }
    dt { font-size: 0.85rem; }
    dd { margin: 0; font-size: 1.35rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    dd.good { color: var(--good); } dd.bad { color: var(--bad); }
    figure { margin: 1rem 0 1.5rem; }
    figcaption, caption { padding-bottom: 0.4rem; text-align: left; font-size: 0.9rem; }
    svg { display: block; font: 14px system-ui, sans-serif; }
    svg text { fill: var(--ink); dominant-baseline: central; }
    svg .mark { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 6 4; }
    svg .value { fill: var(--quiet); font-variant-numeric: tabular-nums; }
    .c0 { fill: var(--c0); background: var(--c0); } .c1 { fill: var(--c1); background: var(--c1); }
    .c2 { fill: var(--c2); background: var(--c2); } .c3 { fill: var(--c3); background: var(--c3); }
    .c4 { fill: var(--c4); background: var(--c4); } .c5 { fill: var(--c5); background: var(--c5); }
    ul.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; margin: 0 0 0.4rem; padding: 0;
      list-style: none; font-size: 0.85rem; }
    .swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; }
    .scroll { overflow-x: auto; margin-top: 1rem; }
    table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
    th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line);
      text-align: left; vertical-align: top; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    tbody th { font-weight: 500; }
    details { margin: 0.75rem 0; } summary { cursor: pointer; }
    h3 { margin: 1rem 0 0.25rem; font-size: 0.9rem; color: var(--quiet); }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
    @media (max-width: 34rem) { h1 { font-size: 1.5rem; } }
    @media print {
      :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; }
      body { max-width: none; padding: 0; font-size: 10pt; }
      figure, tr, dl.facts { break-inside: avoid; } h2 { break-after: avoid; }
      .scroll { overflow: visible; }
    }
    """
}
