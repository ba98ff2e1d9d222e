// Makes nicer what works without it: dropping files, and not sending a form twice.
"use strict";

for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  const over = (event, on) => { event.preventDefault(); zone.classList.toggle("over", on); };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });
}

// A page that waits for something: asked again by itself, and left for what comes instead.
const waiting = document.querySelector('main[data-again^="/"]');
if (waiting) {
  const look = async () => {
    const answer = await fetch(waiting.dataset.again).catch(() => null);
    const page = answer && (answer.headers.get("content-type") || "").startsWith("text/html");
    const still = !answer || (page && (await answer.text()).includes('data-again="/'));
    if (still) setTimeout(look, 2000);
    else location.replace(answer.url);
  };
  setTimeout(look, 1000);
}
