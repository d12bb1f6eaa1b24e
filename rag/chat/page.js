// Everything that the page's own HTML does in the browser: links and buttons that the server's HTML carries, wherever
// they stand. `trigger` hands an event to the server.
const tab = (selector) => document.querySelector(selector)?.click();

// A cited [n] opens its card where it stands. The browser's own jump would leave the page, and the conversation with
// it, whenever the address carries a query (Gradio's <base> drops it).
function showSource(id) {
  tab("#beside [role=tab]");
  const card = document.getElementById(id);
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  card.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  card.focus({ preventScroll: true });
  const marks = [...card.querySelectorAll("mark")].filter((mark) => mark.offsetParent);
  (marks[0] ?? card).scrollIntoView({ block: "center", behavior: "smooth" });
}

// What rests on a link shows the quote; what is copied of an answer stays free of it.
const tell = (event) => {
  const link = event.target.closest?.('a[href*="#source-"]');
  const quote = link && document.getElementById(link.hash.slice(1))?.dataset.quote;
  if (quote) link.title = quote;
};
document.addEventListener("pointerover", tell);
document.addEventListener("focusin", tell);

document.addEventListener("click", (event) => {
  const target = event.target.closest('a[href*="#source-"], [data-open], [data-ask], [data-part]');
  if (!target) return;
  event.preventDefault();
  const { open, ask, part } = target.dataset;
  if (open) trigger("open", { unit: open });
  else if (ask) trigger("ask", { question: ask });
  else if (part) trigger("part", { part });
  else showSource(target.hash.slice(1));
});
