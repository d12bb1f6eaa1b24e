// Everything that the page's own HTML does in the browser: links and buttons that the server's HTML carries, wherever
// they stand. `trigger` hands an event to the server.
const tab = (selector) => document.querySelector(selector)?.click();

// What stands in a tab that was just chosen is hidden for some frames yet, and can't be given the focus or scrolled to.
const inSight = (element, then, frames = 100) => {
  if (element.offsetParent || !frames) then();
  else requestAnimationFrame(() => inSight(element, then, frames - 1));
};

// A cited [n] opens its card where it stands. The browser's own jump would leave the page, and the conversation with
// it, whenever the address carries a query (Gradio's <base> drops it).
let followed;
function showSource(id) {
  tab("#beside [role=tab]");
  entered();
  const card = document.getElementById(id);
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  card.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  inSight(card, () => {
    card.focus({ preventScroll: true });
    const marks = [...card.querySelectorAll("mark")].filter((mark) => mark.offsetParent);
    (marks[0] ?? card).scrollIntoView({ block: "center", behavior: "smooth" });
  });
}

// And the way back, on a phone a long one: to the [n] that was followed, or to one that leads to this card.
function showAnswer(id) {
  const links = [...document.querySelectorAll(`#talk a[href$="#${id || followed?.hash.slice(1)}"]`)];
  const link = links.includes(followed) ? followed : links[0];
  followed = link;
  const shown = link ?? document.querySelector("#talk");
  inSight(shown, () => {
    link?.focus({ preventScroll: true });
    shown.scrollIntoView({ block: "center", behavior: "smooth" });
  });
}

// Back, on a phone a button of its own, leads from what was opened to the answer before it leads off the page.
const entered = () => { if (!history.state?.opened) history.pushState({ opened: true }, ""); };
window.addEventListener("popstate", () => {
  tab("#tabs [role=tab]");
  showAnswer();
});

// A tab beside the answer stands below it on a phone.
document.addEventListener("click", (event) => {
  const clicked = event.isTrusted && event.target.closest("#tabs [role=tab]");
  if (!clicked || clicked === document.querySelector("#tabs [role=tab]")) return;
  entered();
  clicked.closest("#beside")?.scrollIntoView({ behavior: "smooth" });
});

// What rests on a link shows the quote; what is copied of an answer stays free of it.
const tell = (event) => {
  const link = event.target.closest?.('a[href*="#source-"]');
  const quote = link && document.getElementById(link.hash.slice(1))?.dataset.quote;
  if (quote) link.title = quote;
};
document.addEventListener("pointerover", tell);
document.addEventListener("focusin", tell);

document.addEventListener("click", (event) => {
  const target = event.target.closest('a[href*="#source-"], [data-open], [data-back], [data-ask], [data-part]');
  if (!target) return;
  event.preventDefault();
  const { open, back, ask, part } = target.dataset;
  if (open) {
    entered();
    trigger("open", { unit: open });
  } else if (ask) trigger("ask", { question: ask });
  else if (part) trigger("part", { keys: JSON.parse(part) });
  else if (back !== undefined) {
    showAnswer(back);
    if (history.state?.opened) history.back();
  }
  else showSource((followed = target).hash.slice(1));
});

// The tabs of one browser keep one list of conversations: each tells the others (see keeping.py).
window.tabs = new BroadcastChannel("yearbook-conversations");
window.tabs.onmessage = ({ data }) => {
  window.kept = JSON.stringify(data);
  trigger("kept", { store: data });
};

// A question stands in the conversation as questions.py shows it; where Gradio hands on what it holds, to be edited or
// copied, it is as it was asked. A copied answer keeps its [n] and loses where on the page they lead.
const original = (text) => text.replace(/&#(\d{1,3});/g, (_, code) => String.fromCharCode(code));
const edited = () => {
  const box = document.querySelector("#talk .edit-textarea:not([data-own])");
  if (!box) return;
  box.dataset.own = "";
  box.value = original(box.value);
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
const copy = navigator.clipboard?.writeText.bind(navigator.clipboard);
if (copy) navigator.clipboard.writeText = (text) => copy(original(text).replace(/\[(\d+)\]\(#source-[\d-]+\)/g, "[$1]"));

// The list of earlier conversations says what it is while none of them is open; Gradio's dropdown has no placeholder.
const named = () => {
  const list = document.querySelector("#earlier input");
  const name = list?.getAttribute("aria-label");
  if (name && list.placeholder !== name) list.placeholder = name;
};
new MutationObserver(() => { named(); edited(); }).observe(document.body, { subtree: true, childList: true });

// Words that Gradio has in English only, or says badly, in the page's language: names of things, and texts that no
// document brought.
const SAYING = ["aria-label", "aria-roledescription", "title", "placeholder"];
const GRADIOS_OWN = ".toast-body, .meta-text, .progress-text, .filter-menu, [role=menu]";
const patterns = Object.entries(props.gradio[navigator.language.startsWith("zh") ? "zh" : "en"]).map(([said, ours]) => [new RegExp(`^${said}$`, "s"), ours]);
const worded = (text) => {
  const [said, ours] = patterns.find(([pattern]) => pattern.test(text.trim())) ?? [];
  return said && text.trim().replace(said, ours);
};
const reword = (node) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const ours = node.parentElement?.closest(GRADIOS_OWN) && worded(node.data);
    if (ours) node.data = ours;
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of SAYING) {
      const ours = node.hasAttribute(name) && worded(node.getAttribute(name));
      if (ours) node.setAttribute(name, ours);
    }
    node.childNodes.forEach(reword);
  }
};
reword(document.body);
new MutationObserver((changes) => changes.forEach(({ target, addedNodes, type }) => {
  if (type === "childList") addedNodes.forEach(reword);
  else reword(target);
})).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: SAYING });
