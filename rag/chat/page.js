// What the page does in the browser, for whatever HTML the server sends: two kinds of links, wherever they stand.
() => document.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (ask) return askAgain(event, ask.dataset.ask);
  const link = event.target.closest('a[href*="#source-"]');
  if (link) openSource(event, link.hash.slice(1));

  // The question goes into the box and off, as if the reader had typed it.
  function askAgain(event, question) {
    event.preventDefault();
    document.querySelector("#tabs [role=tab]").click();
    const box = document.querySelector("#ask textarea");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#ask .submit-button")?.click(), 50);
  }

  // A cited [n] opens its card where it stands. The browser's own jump would leave the page, and the conversation
  // with it, whenever the address carries a query (Gradio's <base> drops it).
  function openSource(event, id) {
    event.preventDefault();
    const card = document.getElementById(id);
    if (!card) return;
    for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    card.querySelectorAll("details").forEach((fold) => { fold.open = true; });
    card.focus({ preventScroll: true });
    (card.querySelector("details > p mark") ?? card).scrollIntoView({ block: "center", behavior: "smooth" });
  }
})
