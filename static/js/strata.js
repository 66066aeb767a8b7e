// What every page gains with script: "/" focuses the search, arrows walk its suggestions.
// Everything else works by links, forms and htmx, which may replace the whole body: so all listens on the document.

const isTyping = (element) => element.matches?.("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("site-search");
  if (event.key === "/" && !isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (!search.form.contains(event.target)) return;
  if (event.key === "Escape") {
    document.getElementById("search-suggestions").replaceChildren();
    search.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...search.form.querySelectorAll(".suggestions a")];
  if (!step || !links.length) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  (next < 0 ? search : links[Math.min(next, links.length - 1)]).focus();
});

// A form that asks with GET keeps its address short: empty fields are left out.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get" || event.defaultPrevented) return;
  for (const field of event.target.elements) {
    if (field.name && !field.value && !field.disabled) {
      field.disabled = true;
      setTimeout(() => { field.disabled = false; });
    }
  }
});
document.addEventListener("htmx:configRequest", ({ detail: { verb, parameters } }) => {
  if (verb !== "get") return;
  for (const name of [...parameters.keys()]) if (parameters.get(name) === "") delete parameters[name];
});

// The next keystroke takes the place of the request before it. htmx reports that as an error, twice, and it is none.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  const end = xhr.onabort;
  xhr.onabort = (event) => {
    const { error } = console;
    console.error = () => {};
    try { end.call(xhr, event); } finally { console.error = error; }
  };
});

// On a phone the current tab can lie beyond the edge of its bar.
function showCurrentTabs() {
  for (const tab of document.querySelectorAll(":is(.site-nav, .section-nav, .tabs) [aria-current]")) {
    const bar = tab.closest(".site-nav, .section-nav, .tabs");
    const { left, width } = bar.getBoundingClientRect();
    const place = tab.getBoundingClientRect();
    if (place.right > left + width) bar.scrollLeft += place.right - left - width;
  }
}
document.addEventListener("htmx:afterSwap", showCurrentTabs);
showCurrentTabs();

// The language chosen last decides where "/" leads the next time; the address decides everything else.
document.addEventListener("click", ({ target }) => {
  const language = target.closest?.(".site-tools a[hreflang]")?.hreflang.toLowerCase();
  if (language) document.cookie = `django_language=${language}; path=/; max-age=31536000; samesite=lax`;
});
