// One platform on the page: its channels, the messages of one of them, a thread, and the boxes.

import { Acts } from "/page/acts.js";
import { Composer } from "/page/composer.js";
import { called, channelName, channelSign, FORUM, h, icon } from "/web/dom.js";
import { DialogBox } from "/page/dialog.js";
import { followLinks } from "/page/links.js";
import { Log, rowsOf } from "/page/log.js";
import { Sidebar } from "/page/sidebar.js";
import { ThreadPane } from "/page/thread.js";

export class Panel {
  constructor(look, node) {
    this.look = look;
    this.node = node;
    this.state = null;
    this.person = null;
    this.channel = null; // the id, or the name that the address asks for
    this.dismissed = new Set();
    this.known = null; // the messages that were there when something was pressed
    this.build();
    followLinks(this);
  }

  build() {
    this.acts = new Acts(this);
    this.sidebar = new Sidebar(this);
    this.log = new Log(`Messages on ${this.look.title}`);
    this.composer = new Composer(this, "main");
    this.threadPane = new ThreadPane(this);
    this.dialog = new DialogBox(this);
    this.title = h("h2", { class: "channel-title" });
    this.topic = h("p", { class: "topic" });
    this.offline = h("p", { class: "offline", role: "status", hidden: true });
    const head = h("header", { class: "channel-head" }, this.title, this.topic);
    const main = h("div", { class: "channel" }, head, this.offline, this.log.node, this.acts.complaint, this.composer.node);
    this.node.replaceChildren(this.sidebar.node, main, this.threadPane.node, this.dialog.node);
  }

  show(state) {
    this.state = state;
    this.person ??= state.people[0]?.id;
    this.draw();
    this.bringAnswer();
  }

  draw() {
    const channel = this.here();
    if (!channel) return;
    this.channel = channel.id;
    this.sidebar.draw(channel);
    this.title.replaceChildren(...channelName(channel));
    this.topic.textContent = channel.topic ?? "";
    this.drawOffline();
    this.log.show([this.beginning(channel), ...this.rows(channel.messages)]);
    this.composer.draw(`Message ${called(channel)}`);
    this.threadPane.draw(channel);
    this.dialog.draw();
  }

  here() {
    const channels = this.state?.channels ?? [];
    return channels.find(({ id, name }) => this.channel === id || this.channel === name) ?? channels[0];
  }

  drawOffline() {
    const { online, me } = this.state;
    this.node.dataset.online = online ? "yes" : "no";
    this.offline.hidden = online;
    const words = [h("strong", null, "bot offline"), ` ${me?.name ?? "The bot"} answers when it connects.`];
    if (!online) this.offline.replaceChildren(...words);
  }

  rows(messages, inThread = false, before = null) {
    const visible = messages.filter((message) => this.isVisible(message));
    return rowsOf(visible, this.look.gap, before, (message, compact) => {
      const places = { compact, inThread, waiting: this.acts.waiting.get(message.id) };
      const says = JSON.stringify([message, places]);
      return { key: message.id, says, draw: () => this.look.message(message, this.context(message, places)) };
    });
  }

  isVisible({ id, only_for }) {
    return (!only_for || only_for === this.person) && !this.dismissed.has(id);
  }

  // What drawing a message needs to know, and what can be done with it.
  context(message, places) {
    return {
      ...places,
      state: this.state,
      name: (id) => this.nameOf(id),
      press: (action, values) => this.acts.press(message, action, values),
      choose: (name) => this.acts.choose(message, name),
      openThread: () => this.threadPane.open(message.id),
      dismiss: () => this.dismiss(message.id),
    };
  }

  nameOf(id) {
    const { people, me, channels } = this.state;
    return [...people, me, ...channels].find((each) => each?.id === id)?.name;
  }

  beginning(channel) {
    const what = channel.kind === FORUM ? "the forum " : "";
    const words = `This is the very beginning of ${what}${called(channel)}.`;
    const command = this.state.commands[0]?.name;
    const hint = command ? `Type /${command} below to ask for something.` : "Say something below.";
    const mark = h("span", { class: "beginning-mark" }, icon(channelSign(channel.kind)));
    const draw = () => h("div", { class: "beginning" }, mark, h("h3", null, words), h("p", null, hint));
    return { key: `beginning ${channel.id}`, says: words + hint, draw };
  }

  visit(channel) {
    if (this.channel === channel) return;
    this.channel = channel;
    this.threadPane.id = null;
    this.log.clear();
    this.acts.complain(null);
    this.draw();
    this.log.toEnd();
  }

  become(person) {
    this.person = person;
    this.draw();
  }

  dismiss(id) {
    this.dismissed.add(id);
    this.draw();
    this.composer.focus();
  }

  expectAnswer() {
    this.known = new Set([...this.log.rows.keys(), ...this.threadPane.log.rows.keys()]);
  }

  // Whoever pressed something is taken to the answer that only they see.
  bringAnswer() {
    const here = this.here();
    if (!here || !this.known) return;
    const places = [[this.log, here.messages], [this.threadPane.log, this.threadPane.answers(here)]];
    for (const [log, messages] of places) {
      const last = messages.at(-1);
      if (last?.only_for === this.person && !this.known?.has(last.id)) log.toEnd(), (this.known = null);
    }
  }
}
