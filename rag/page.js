// A cited [n] opens its card where it stands. The browser's own jump would leave the page, and the conversation
// with it, whenever the address carries a query (Gradio's <base> drops it).
() => document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#source-"]');
  if (!link) return;
  event.preventDefault();
  const card = document.getElementById(link.hash.slice(1));
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  card.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  card.focus({ preventScroll: true });
  (card.querySelector("details > p mark") ?? card).scrollIntoView({ block: "center", behavior: "smooth" });
})
