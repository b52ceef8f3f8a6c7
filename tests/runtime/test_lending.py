"""What Pyodide fetches is answered with bytes that are here, whoever else has a hand in `fetch`."""

from pyodide_app.testing import AppPage

TWICE = """async () => {
  const { lend } = await import("/_pyodide_app/runtime/lending.js");
  const { href } = new URL("lent", location.href);
  const loan = (text) => new Map([[href, { url: href, body: new TextEncoder().encode(text) }]]);
  const text = async () => (await fetch("lent")).text();
  const untouched = fetch;
  const end = lend(loan("one"));
  const endOther = lend(loan("two"));
  const said = [await text()];
  end();
  said.push(await text());
  endOther();
  said.push(fetch === untouched, (await fetch("lent")).status);
  return said;
}"""
AROUND = """async () => {
  const { lend } = await import("/_pyodide_app/runtime/lending.js");
  const { href } = new URL("lent", location.href);
  const loan = () => new Map([[href, { url: href, body: new Uint8Array([65]) }]]);
  let passed = 0;
  const end = lend(loan());
  const ours = fetch;
  globalThis.fetch = (...request) => {
    passed += 1;
    return ours(...request);
  };
  end();
  const endAgain = lend(loan());
  const said = [await (await fetch("lent")).text()];
  endAgain();
  said.push((await fetch("main.py")).status, passed);
  return said;
}"""


def test_the_newest_loan_counts_and_at_the_end_all_is_as_it_was(app: AppPage) -> None:
    assert app.page.evaluate(TWICE) == ["two", "two", True, 404]


def test_another_one_around_ours_stays_and_works(app: AppPage) -> None:
    assert app.page.evaluate(AROUND) == ["A", 200, 2]
