// Starts the components a page asks for. Every page works without this file.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

async function begin(scope) {
  if (scope.querySelector('[data-module^="govuk-"]')) {
    const { initAll } = await import(document.body.dataset.components);
    initAll({ scope });
  }
}

await begin(document);

// Long work: asks the page again every three seconds and puts what it then says in place, until it is finished.
async function watch(part) {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!answer.ok || !fresh) {
    return;
  }
  part.replaceChildren(...fresh.childNodes);
  await begin(part);
  if (fresh.hasAttribute("data-watch")) {
    window.setTimeout(watch, 3000, part);
  }
}

for (const part of document.querySelectorAll("[data-watch]")) {
  window.setTimeout(watch, 3000, part);
}
