// What the map gains with script: the slider, the play button, menus that close, and the panel.
// Filters, dates and sizes are links and a form. htmx swaps #map, and the whole body when the reader goes back, so
// everything here listens on the document and looks elements up when it needs them.

const STEP_MS = 700;
const byId = (id) => document.getElementById(id);

// The slider counts months from the first one; its end is now. It has no name: it sets the date's field.
function dayOfSlider(slider) {
  const [year, month] = slider.dataset.first.split("-").map(Number);
  const months = Number(slider.value);
  if (months === Number(slider.max)) return "";
  if (months === 0) return slider.dataset.first;
  const index = year * 12 + month - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

document.addEventListener("input", ({ target }) => {
  if (target.id !== "as-of-range") return;
  const day = dayOfSlider(target);
  byId("as-of").value = day;
  target.setAttribute("aria-valuetext", day || target.max);
});

// Playing follows the link to the next month, and shows each for a moment.
let isPlaying = false;
let timer;

function showPlaying() {
  const button = byId("play");
  if (!button) return;
  button.setAttribute("aria-pressed", String(isPlaying));
  button.querySelector("[data-label]").textContent = isPlaying ? button.dataset.pause : button.dataset.play;
}

function stop() {
  isPlaying = false;
  clearTimeout(timer);
  showPlaying();
}

function step() {
  const next = byId("month-after");
  if (next) next.click();
  else stop();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#play")) {
    if (isPlaying) return stop();
    isPlaying = true;
    showPlaying();
    if (byId("month-after")) step();
    else byId("first-month").click();
  } else if (isPlaying && event.isTrusted) stop();
});

// Filter menus: one open at a time, closed by a click beside them or by Escape, open across a swap.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.more[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// htmx visits every element that it adds or removes; for thousands of tiles that takes longer than all the rest. So
// tiles go in and out past it: they are text until the swap is done, and hold nothing that htmx must know.
let openMenu;
let tiles = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "map") return;
  openMenu = document.querySelector("details.more[open]")?.id;
  for (const frames of detail.target.querySelectorAll(".frames")) frames.remove();
  tiles = [];
  detail.serverResponse = detail.serverResponse.replace(/(<div class="tiles">)(.*?)(<\/div>)/gs, (_all, start, html, end) => {
    tiles.push(html);
    return start + end;
  });
});

// What the reader sees is filled at once, the rest when that is painted.
function fillFrames() {
  const frames = [...document.querySelectorAll("#map .tiles")].map((frame, place) => [frame, tiles[place]]);
  const fill = ([frame, html]) => { frame.innerHTML = html; };
  const below = frames.findIndex(([frame]) => frame.getBoundingClientRect().top > innerHeight);
  const seen = below < 0 ? frames.length : below;
  frames.slice(0, seen).forEach(fill);
  requestAnimationFrame(() => setTimeout(() => frames.slice(seen).forEach(fill)));
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "map") return;
  fillFrames();
  const menu = openMenu && byId(openMenu);
  if (menu) menu.open = true;
  showPlaying();
  if (isPlaying) timer = setTimeout(step, STEP_MS);
});
document.addEventListener("htmx:responseError", stop);
document.addEventListener("htmx:sendError", stop);

// A plain click on a tile opens the item's panel; any other click follows the link. The address holds the open panel,
// so that a reload, a shared link and the browser's way back show what was shown.
function addressWith(slug) {
  const address = new URL(location);
  address.searchParams.delete("item");
  if (slug) address.searchParams.set("item", slug);
  return address;
}
const openItem = () => new URL(location).searchParams.get("item");

// Answers may come in another order than they were asked for, or after the reader went back: only the last one counts.
let asked = 0;

// Gives true once the panel shows the item, false if the item cannot be had, null if something else was asked since.
async function showPanel(slug) {
  const turn = ++asked;
  const panel = byId("panel");
  const day = new URL(location).searchParams.get("as_of");
  const url = `${panel.dataset.items.replace("-", slug)}panel/${day ? `?as_of=${encodeURIComponent(day)}` : ""}`;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  if (turn !== asked) return null;
  if (!html) return false;
  const body = byId("panel-body");
  body.innerHTML = html;
  window.htmx?.process(body);
  panel.scrollTop = 0;
  if (!panel.open) panel.showModal();
  return true;
}

document.addEventListener("click", async (event) => {
  const tile = event.target.closest(".tiles > a");
  if (!tile || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const slug = tile.pathname.split("/").at(-2);
  const isShown = await showPanel(slug);
  if (isShown === false) return void location.assign(tile.href);
  if (isShown) history.pushState({ htmx: true, isPanel: true }, "", addressWith(slug));
});
document.addEventListener("click", ({ target }) => { if (target.id === "panel") target.close(); });
document.addEventListener("close", ({ target }) => {
  if (target.id !== "panel" || !openItem()) return;
  if (history.state?.isPanel) history.back();
  else history.replaceState(history.state, "", addressWith(""));
}, true);

// Between two addresses of one map only the panel opens or closes; for any other htmx brings the page.
let shownMap = String(addressWith(""));
const rememberMap = () => { shownMap = String(addressWith("")); };
document.addEventListener("htmx:pushedIntoHistory", rememberMap);
document.addEventListener("htmx:replacedInHistory", rememberMap);
window.addEventListener("popstate", (event) => {
  const panel = byId("panel");
  if (!panel || String(addressWith("")) !== shownMap) return;
  event.stopImmediatePropagation();
  const slug = openItem();
  if (slug) showPanel(slug);
  else {
    asked += 1;
    panel.close();
  }
}, true);

// A panel that came with the page lies over it like one that was opened.
function raisePanel() {
  const panel = byId("panel");
  if (!panel?.hasAttribute("open") || panel.matches(":modal")) return;
  panel.removeAttribute("open");
  panel.showModal();
}
document.addEventListener("htmx:historyRestore", () => { rememberMap(); raisePanel(); });
raisePanel();
