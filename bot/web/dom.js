// Builds nodes. Text becomes text nodes and never markup, so nothing that a bot says can run.

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) set(node, key, value);
  node.append(...children.flat(Infinity).filter(isThere));
  return node;
}

function isThere(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

function set(node, key, value) {
  if (!isThere(value)) return;
  if (typeof value === "function") node.addEventListener(key.slice(2), value);
  else if (key.startsWith("--")) node.style.setProperty(key, value);
  else if (!key.startsWith("on")) node.setAttribute(key, value === true ? "" : value);
}

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

// A link where the address is one that people may follow, its words alone where it is not.
export function link(address, ...children) {
  const url = safeAddress(address);
  const words = children.length ? children : [String(address)];
  if (!url) return h("span", { class: "dead-link", title: "Not a web address" }, words);
  const rel = "noopener noreferrer nofollow";
  return h("a", { href: url.href, rel, target: "_blank", title: url.href }, words);
}

// Pictures of other hosts are not fetched: the page asks nobody but the sandbox.
export function picture(address, alt, kind = "") {
  const host = safeAddress(address)?.host;
  return h(
    "div",
    { class: `picture ${kind}`, role: "img", "aria-label": alt || "Picture without description" },
    icon("image"),
    h("p", null, alt || "No description"),
    h("small", null, host ? `not loaded from ${host}` : "no web address"),
  );
}

// https://discord.com/developers/docs/resources/channel#channel-object-channel-types
export const FORUM = 15;

const PATHS = {
  hash: "M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
  forum: "M4 4.5h12v8H9.5L6 15.3v-2.8H4zM9.5 16H15l3.5 2.8V16H20V8",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  chevron: "M9 6l6 6-6 6",
  down: "M6 9l6 6 6-6",
  send: "M4.5 5.2 20 12 4.5 18.8 7 12zM7 12h7",
  eye: "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z",
  thread: "M4 5.5h16v10.5H11l-4.5 3.8V16H4zM8 9.2h8M8 12.3h5",
  image: "M4 5h16v14H4zM4 16l4.5-4.5L13 16l2.5-2.5L20 18M15.5 9.5h.01",
  shield: "M12 3.5l7 2.6v5.2c0 4.3-2.9 7.6-7 9.2-4.1-1.6-7-4.9-7-9.2V6.1zM9 12l2.2 2.2L15.2 10",
  alarm: "M12 4a6 6 0 0 1 6 6v4l1.5 3h-15L6 14v-4a6 6 0 0 1 6-6ZM10 20h4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  out: "M10 6H6v12h12v-4M13 5h6v6M19 5l-9 9",
  check: "M5 12.5l4.5 4.5L19 7.5",
  used: "M9 6 4 11l5 5M4 11h9a6 6 0 0 1 6 6v1",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// A stand-in for a profile picture: the first letter on a colour of its own.
export function avatar(author, kind = "") {
  const props = { class: `avatar ${kind} ${author.bot ? "bot" : ""}`, "aria-hidden": "true" };
  if (author.bot) return h("span", props);
  const sum = [...String(author.name)].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return h("span", { ...props, "--hue": (sum * 47) % 360 }, [...String(author.name)][0].toUpperCase());
}

// A channel goes by #name, a conversation with one person by @name, a forum by its name alone.
export function called({ name, kind }) {
  return name.startsWith("@") || kind === FORUM ? name : `#${name}`;
}

export function channelName({ name, kind }) {
  return [name.startsWith("@") ? null : icon(channelSign(kind)), h("span", null, name)].filter(isThere);
}

export function channelSign(kind) {
  return kind === FORUM ? "forum" : "hash";
}
