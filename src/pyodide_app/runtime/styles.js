/** How the element looks. A constructed style sheet: allowed where the page's CSP forbids inline styles. */

/** @type {CSSStyleSheet | undefined} */
let shared;

/** The one sheet that all elements share. */
export function sheet() {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(CSS);
  }
  return shared;
}

const CSS = `
:host {
  --pyodide-app-surface: #ffffff; --pyodide-app-sunken: #f5f6f8; --pyodide-app-ink: #1b1f27; --pyodide-app-quiet: #616a78; --pyodide-app-line: #e1e4ea;
  --pyodide-app-accent: #3b5fd9; --pyodide-app-bad: #b3262e; --pyodide-app-bad-soft: #fdecec; --pyodide-app-mark: #ffd9d6;
  --pyodide-app-shadow: 0 1px 2px rgb(20 25 40 / .06), 0 12px 32px rgb(20 25 40 / .12);
  --pyodide-app-mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace;
  display: block; position: relative;
}
@media (prefers-color-scheme: dark) {
  :host {
    --pyodide-app-surface: #1b1e25; --pyodide-app-sunken: #14161b; --pyodide-app-ink: #e8eaf0; --pyodide-app-quiet: #9aa3b2; --pyodide-app-line: #323743;
    --pyodide-app-accent: #8ea8ff; --pyodide-app-bad: #ff8f8a; --pyodide-app-bad-soft: #3a2022; --pyodide-app-mark: #6b2f33;
    --pyodide-app-shadow: 0 1px 2px rgb(0 0 0 / .4), 0 12px 32px rgb(0 0 0 / .5);
  }
}
:host([hidden]), [hidden] { display: none !important; }
:host([state="loading"]) { min-block-size: 8rem; }
* { box-sizing: border-box; }

.content { transition: opacity .25s; }
.content[inert] { opacity: .45; }

.card, .panel {
  font: 400 .9375rem/1.5 system-ui, sans-serif; color: var(--pyodide-app-ink); background: var(--pyodide-app-surface);
  border: 1px solid var(--pyodide-app-line); border-radius: .875rem; box-shadow: var(--pyodide-app-shadow); text-align: start;
}
.card {
  position: absolute; z-index: 1; inset-block-start: 1rem; inset-inline: 1rem; margin-inline: auto;
  max-inline-size: 26rem; padding: 1.125rem 1.25rem; animation: appear .3s .15s both;
}
.card.alone { position: relative; inset: 0; inline-size: calc(100% - 2rem); margin-block: min(14rem, 25vh); }
.title { font-weight: 600; margin-block-end: .625rem; overflow-wrap: anywhere; }
.title:empty { display: none; }
.row { display: flex; justify-content: space-between; gap: 1rem; margin-block-start: .625rem;
  font-size: .8125rem; color: var(--pyodide-app-quiet); }
.bytes { white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { block-size: 4px; border-radius: 2px; background: var(--pyodide-app-line); overflow: hidden; }
.fill { block-size: 100%; border-radius: inherit; background: var(--pyodide-app-accent); transition: inline-size .2s linear; }
.busy .fill { min-inline-size: 30%; animation: breathe 1.6s ease-in-out infinite; }
@keyframes appear { from { opacity: 0; transform: translateY(4px); } }
@keyframes breathe { 50% { opacity: .4; } }

.panel { margin: 1rem; overflow: hidden; border-block-start: 3px solid var(--pyodide-app-bad); }
.panel.sheet {
  position: fixed; z-index: 2147483647; inset-inline: 0; inset-block-end: 0; margin: 0 auto;
  inline-size: min(54rem, 100%); max-block-size: min(70vh, 40rem); overflow: auto;
  border-end-start-radius: 0; border-end-end-radius: 0; animation: appear .2s;
}
article { padding: 1.25rem 1.5rem 1.375rem; }
article + article { border-block-start: 1px solid var(--pyodide-app-line); }
.where { margin: 0; font-size: .75rem; font-weight: 600; letter-spacing: .02em; color: var(--pyodide-app-bad); }
h2 { margin: .25rem 0 0; font-size: 1.1875rem; line-height: 1.35; font-weight: 650; overflow-wrap: anywhere; }
p { margin: .375rem 0 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.message { max-block-size: 12rem; overflow: auto; }
.hint { color: var(--pyodide-app-quiet); }
.more { margin: 0; padding: .75rem 1.5rem; color: var(--pyodide-app-quiet); border-block-start: 1px solid var(--pyodide-app-line); }

.chain { margin-block-start: .875rem; }
.link { margin-block: 1rem .25rem; color: var(--pyodide-app-quiet); font-size: .8125rem; }
.note { color: var(--pyodide-app-quiet); }
.part { margin-block-start: .75rem; padding-inline-start: .875rem; border-inline-start: 2px solid var(--pyodide-app-line); }
.frame { margin-block-start: .75rem; }
.place { margin: 0; font-size: .8125rem; color: var(--pyodide-app-quiet); }
.place b { font-weight: 600; color: var(--pyodide-app-ink); }
.source {
  margin-block-start: .3125rem; padding-block: .5rem; overflow-x: auto; border-radius: .5rem;
  background: var(--pyodide-app-sunken); font: .8125rem/1.6 var(--pyodide-app-mono); tab-size: 4;
}
.line { display: flex; inline-size: max-content; min-inline-size: 100%; padding-inline-end: 1rem; }
.line code { font: inherit; white-space: pre; }
.here { background: var(--pyodide-app-bad-soft); }
.number { flex: none; inline-size: 3.5em; padding-inline-end: 1em; text-align: end; color: var(--pyodide-app-quiet); user-select: none; }
mark { color: inherit; background: var(--pyodide-app-mark); border-radius: 2px; }

.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: 1rem; }
button {
  font: inherit; font-size: .875rem; font-weight: 550; color: var(--pyodide-app-ink); background: var(--pyodide-app-surface);
  padding: .375rem .875rem; border: 1px solid var(--pyodide-app-line); border-radius: .5rem; cursor: pointer;
}
button:hover { background: var(--pyodide-app-sunken); }
button.main { color: var(--pyodide-app-surface); background: var(--pyodide-app-accent); border-color: var(--pyodide-app-accent); }
button.main:hover { filter: brightness(1.08); }
:is(button, summary, .source, pre, .output):focus-visible { outline: 2px solid var(--pyodide-app-accent); outline-offset: 2px; }
details { margin-block-start: .75rem; font-size: .8125rem; }
summary { cursor: pointer; color: var(--pyodide-app-quiet); }
details .place { margin-block-start: .25rem; padding-inline-start: 1rem; }
pre {
  margin: .5rem 0 0; padding: .75rem 1rem; max-block-size: 20rem; overflow: auto; border-radius: .5rem;
  background: var(--pyodide-app-sunken); font: .75rem/1.6 var(--pyodide-app-mono); white-space: pre; tab-size: 4;
}

.update {
  position: fixed; z-index: 2147483646; inset-inline: 0; inset-block-end: 1rem; margin-inline: auto; inline-size: fit-content;
  max-inline-size: calc(100% - 2rem); display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem;
  padding: .625rem .75rem .625rem 1.125rem; font: 400 .9375rem/1.5 system-ui, sans-serif; color: var(--pyodide-app-ink);
  background: var(--pyodide-app-surface); border: 1px solid var(--pyodide-app-line); border-radius: .875rem;
  box-shadow: var(--pyodide-app-shadow); animation: appear .3s both;
}
.choice { display: flex; gap: .5rem; }

.output {
  max-block-size: 20rem; overflow: auto; margin-block-start: 1rem; padding: .75rem 1rem;
  border: 1px solid var(--pyodide-app-line); border-radius: .625rem; color: var(--pyodide-app-ink); background: var(--pyodide-app-sunken);
  font: .8125rem/1.6 var(--pyodide-app-mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4;
}
.output:empty { display: none; }
.stderr { color: var(--pyodide-app-bad); }

@media (max-width: 30rem) {
  .panel { margin: .5rem; }
  article { padding: 1rem; }
  .number { inline-size: 2.5em; }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; transition: none !important; }
}
`;
