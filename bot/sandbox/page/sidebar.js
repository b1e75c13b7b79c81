// The left column: the workspace, its channels, the bot's presence and who is typing.

import { avatar, channelName, FORUM, h, icon } from "/web/dom.js";

export class Sidebar {
  constructor(panel) {
    this.panel = panel;
    this.name = h("h2", { class: "workspace" });
    this.channels = h("ul", { class: "channels" });
    this.bot = h("p", { class: "presence" });
    this.face = h("span", { class: "face" });
    this.people = h("select", { "aria-label": `You are on ${panel.look.title}`, onchange: () => panel.become(this.people.value) });
    this.seen = new Map();
    this.shown = "";
    const group = (words) => h("h3", { class: "group" }, words);
    this.node = h(
      "div",
      { class: "sidebar" },
      this.name,
      h("nav", { "aria-label": `Channels on ${panel.look.title}` }, group(panel.look.words.channels), this.channels),
      h("div", { class: "apps" }, group("Apps"), this.bot),
      h("label", { class: "person" }, this.face, h("span", null, "You are"), this.people, icon("down")),
    );
  }

  draw(here) {
    const { state, person } = this.panel;
    this.seen.set(here.id, here.messages.length);
    const shown = JSON.stringify([state.workspace, state.online, state.me, state.people, person, here.id, this.unread(), this.panel.state.channels.map(posts)]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.name.textContent = state.workspace;
    this.drawChannels(here);
    this.drawPresence(state);
    this.drawPeople(state.people, person);
  }

  unread() {
    return this.panel.state.channels.map(({ id, messages }) => {
      if (!this.seen.has(id)) this.seen.set(id, messages.length);
      return messages.length > this.seen.get(id);
    });
  }

  drawChannels(here) {
    const unread = this.unread();
    const focused = document.activeElement?.dataset.channel;
    const rows = this.panel.state.channels.map((channel, at) => {
      const { id } = channel;
      const props = { type: "button", "data-channel": id, "data-unread": unread[at], onclick: () => this.panel.visit(id) };
      const current = id === here.id ? { "aria-current": "true" } : {};
      const news = unread[at] && h("span", { class: "unseen" }, "unread");
      return h("li", null, h("button", { ...props, ...current }, channelName(channel), news), this.postsOf(channel));
    });
    this.channels.replaceChildren(...rows);
    if (focused) this.channels.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  }

  // The posts of a forum, each of which opens in the thread's pane.
  postsOf(channel) {
    const rows = posts(channel).map(([id, name]) => {
      const props = { type: "button", "data-channel": `${channel.id} ${id}`, onclick: () => this.open(channel.id, id) };
      return h("li", null, h("button", props, h("span", null, name)));
    });
    return rows.length ? h("ul", { class: "posts", "aria-label": `Posts of ${channel.name}` }, rows) : null;
  }

  open(channel, post) {
    this.panel.visit(channel);
    this.panel.threadPane.open(post);
  }

  drawPresence({ me, online }) {
    const face = avatar({ name: me?.name ?? "bot", bot: true }, "small");
    const said = h("span", { class: "dot", role: "img", "aria-label": online ? "online" : "offline" });
    this.bot.replaceChildren(face, said, h("span", null, me?.name ?? "no bot yet"));
  }

  drawPeople(people, person) {
    const options = people.map(({ id, name }) => h("option", { value: id, selected: id === person }, name));
    this.people.replaceChildren(...options);
    this.people.value = person;
    const me = people.find(({ id }) => id === person);
    if (me) this.face.replaceChildren(avatar(me, "small"));
  }
}

// The messages that begin the posts of a forum, with what the posts are called; none of other channels.
function posts({ kind, messages }) {
  return kind === FORUM ? messages.filter(({ thread }) => thread).map(({ id, thread }) => [id, thread.name]) : [];
}
