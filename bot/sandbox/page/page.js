// Starts the page: both panels, the choice between them, and the stream of changes.

import { follow, state } from "/page/api.js";
import { Panel } from "/page/panel.js";
import { slack } from "/web/slack.js";
import { discord } from "/web/discord.js";

const NARROW = matchMedia("(max-width: 900px)");
const panels = [slack, discord].map(
  (look) => new Panel(look, document.getElementById(`panel-${look.name}`)),
);
const linkState = document.querySelector(".link-state");
let asking = false;
let again = false;

// One question at a time; changes that come meanwhile are one more question afterwards.
async function refresh() {
  again = asking;
  if (asking) return;
  asking = true;
  try {
    const sides = await state();
    for (const panel of panels) if (sides[panel.look.name]) panel.show(sides[panel.look.name]);
  } catch {
    showLive(false);
  }
  asking = false;
  if (again) refresh();
}

function showLive(live) {
  linkState.dataset.live = live ? "yes" : "no";
  linkState.textContent = live ? "live" : "sandbox not reached, trying again…";
}

// `#slack`, `#discord` or `#both`, then perhaps a channel: `#slack/daily-briefing`.
function showView() {
  const [wish, channel] = decodeURIComponent(location.hash.slice(1)).split("/");
  const named = panels.some((panel) => panel.look.name === wish);
  const view = named ? wish : NARROW.matches ? "slack" : "both";
  const hidden = panels.filter((panel) => !panel.node.offsetParent);
  document.body.dataset.view = view;
  for (const panel of hidden) if (panel.node.offsetParent) panel.log.toEnd();
  for (const panel of panels) if (panel.look.name === wish && channel) panel.visit(channel);
  for (const choice of document.querySelectorAll(".views a")) {
    choice.toggleAttribute("aria-current", false);
    if (choice.dataset.view === view) choice.setAttribute("aria-current", "page");
  }
}

addEventListener("hashchange", showView);
NARROW.addEventListener("change", showView);
showView();
refresh();
follow(refresh, showLive);
