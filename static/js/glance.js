// What a tile of the map says to those who point at it with a mouse or reach it by keyboard. It is fetched then, and
// kept until the page goes; the tiles themselves hold nothing for it.

const DELAY_MS = 250;
const answers = new Map();
let wanted;
let title;
let timer;
const box = () => document.getElementById("glance");

function hide() {
  clearTimeout(timer);
  if (title) wanted.title = title;
  wanted?.removeAttribute("aria-describedby");
  wanted = title = undefined;
  if (box()?.matches(":popover-open")) box().hidePopover();
}

// Under the tile, or above it where there is no room; nothing lies between, so that a mouse can go over.
function place(tile) {
  const { left, top, bottom } = tile.getBoundingClientRect();
  const { width, height } = box().getBoundingClientRect();
  const y = bottom + height > innerHeight ? Math.max(0, top - height) : bottom;
  box().style.left = `${Math.max(0, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  box().style.top = `${y}px`;
}

async function show(tile) {
  const url = `${tile.pathname}glance/${tile.search}`;
  if (!answers.has(url)) {
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok) return;
    answers.set(url, await answer.text());
  }
  if (tile !== wanted || !box()) return;
  box().innerHTML = answers.get(url);
  // Two boxes would lie over each other.
  title = tile.title;
  tile.removeAttribute("title");
  tile.setAttribute("aria-describedby", "glance");
  box().showPopover();
  place(tile);
}

function want(tile) {
  if (tile === wanted) return;
  hide();
  wanted = tile;
  timer = setTimeout(show, DELAY_MS, tile);
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  const tile = target.closest(".tiles > a");
  if (tile) want(tile);
  else if (wanted && !wanted.matches(":focus-visible") && !target.closest("#glance")) hide();
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".tiles > a:focus-visible")) want(target);
  else if (wanted) hide();
});
document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && wanted) hide(); });
for (const event of ["pointerdown", "htmx:beforeSwap"]) document.addEventListener(event, () => { if (wanted) hide(); }, { passive: true });
// The keyboard's next tile may lie out of sight: the browser scrolls to it, and what it says follows it.
document.addEventListener("scroll", () => {
  if (wanted && !wanted.matches(":focus-visible")) hide();
  else if (wanted && box()?.matches(":popover-open")) place(wanted);
}, { passive: true });
