// What every page gains with script: "/" focuses the search, arrows walk its suggestions.
// Everything else works by links, forms and htmx.

const search = document.getElementById("site-search");
const isTyping = (element) => element.matches?.("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

const form = search?.form;
form?.addEventListener("keydown", (event) => {
  const links = [...form.querySelectorAll(".suggestions a")];
  if (event.key === "Escape") {
    document.getElementById("search-suggestions")?.replaceChildren();
    search.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !links.length) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  (next < 0 ? search : links[Math.min(next, links.length - 1)]).focus();
});

// A form that asks with GET keeps its address short: empty fields are left out.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.elements) {
    if (field.name && !field.value && !field.disabled) {
      field.disabled = true;
      setTimeout(() => { field.disabled = false; });
    }
  }
});
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, parameters } = event.detail;
  if (verb !== "get") return;
  for (const name of [...parameters.keys()]) if (parameters.get(name) === "") delete parameters[name];
});
