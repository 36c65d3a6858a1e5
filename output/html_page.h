// The parts of the page of html_report.cpp that are always the same.
#pragma once

#include <string_view>

namespace podreg::output {

inline constexpr std::string_view kHtmlStyle = R"(
:root { color-scheme: light dark; --fine: #1a7f37; --warned: #9a6700; --failed: #cf222e; --none: #6e7781; --line: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --fine: #3fb950; --warned: #d29922; --failed: #f85149; --none: #8b949e; --line: #30363d; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; } td:last-child { overflow-wrap: anywhere; } th { white-space: nowrap; }
th button { all: unset; cursor: pointer; font-weight: 600; } th button:focus-visible { outline: 2px solid; }
th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
.chain { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .5rem 0 1rem; }
.link { border: 1px solid var(--line); border-left: .35rem solid var(--none); border-radius: .3rem; padding: .2rem .6rem; }
.arrow { color: var(--none); } .fine { border-left-color: var(--fine); } .noted, .warned { border-left-color: var(--warned); } .failed { border-left-color: var(--failed); }
td.state { white-space: nowrap; font-weight: 600; } td.fine { color: var(--fine); } td.noted, td.warned, td.warning, td.info { color: var(--warned); } td.failed, td.error { color: var(--failed); } td.not-checked { color: var(--none); }
small { color: var(--none); }
@media print { body { max-width: none; margin: 0; } th button::after { content: none !important; } tr { break-inside: avoid; } }
)";

// Sorts a table by the column whose title is pressed, and the other way at the second time.
inline constexpr std::string_view kHtmlScript = R"(
for (const button of document.querySelectorAll('th button')) {
  button.addEventListener('click', () => {
    const head = button.closest('th');
    const body = head.closest('table').tBodies[0];
    const column = head.cellIndex;
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent;
    const rows = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
    body.append(...(down ? rows.reverse() : rows));
  });
}
)";

}  // namespace podreg::output
