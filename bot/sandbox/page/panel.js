// One platform on the page: its channels, the messages of one of them, a thread, and the boxes.

import { order } from "/page/api.js";
import { Composer } from "/page/composer.js";
import { channelName, h, icon } from "/page/dom.js";
import { Log, rowsOf } from "/page/log.js";
import { Sidebar } from "/page/sidebar.js";

export class Panel {
  constructor(look, node) {
    this.look = look;
    this.node = node;
    this.state = null;
    this.person = null;
    this.channel = null; // the id, or the name that the address asks for
    this.thread = null; // the id of the message whose thread is open
    this.dismissed = new Set();
    this.waiting = new Map(); // message → action that was pressed and not yet answered
    this.build();
  }

  build() {
    this.sidebar = new Sidebar(this);
    this.log = new Log(`Messages on ${this.look.title}`);
    this.composer = new Composer(this, "main");
    this.title = h("h2", { class: "channel-title" });
    this.topic = h("p", { class: "topic" });
    this.offline = h("p", { class: "offline", role: "status", hidden: true });
    this.complaint = h("p", { class: "complaint", role: "alert", hidden: true });
    const head = h("header", { class: "channel-head" }, this.title, this.topic);
    this.main = h("div", { class: "channel" }, head, this.offline, this.log.node, this.complaint, this.composer.node);
    this.buildThread();
    this.node.replaceChildren(this.sidebar.node, this.main, this.pane);
  }

  buildThread() {
    this.threadLog = new Log(`Thread on ${this.look.title}`);
    this.threadBox = new Composer(this, "thread");
    this.threadTitle = h("h3", { class: "channel-title" });
    const close = h(
      "button",
      { class: "quiet", type: "button", "aria-label": "Close thread", onclick: () => this.closeThread() },
      icon("close"),
    );
    this.pane = h(
      "aside",
      { class: "thread", "aria-label": "Thread", hidden: true, onkeydown: (event) => this.onKey(event) },
      h("header", { class: "channel-head" }, this.threadTitle, close),
      this.threadLog.node,
      this.threadBox.node,
    );
  }

  show(state) {
    this.state = state;
    this.person ??= state.people[0]?.id;
    this.draw();
  }

  draw() {
    if (!this.state) return;
    const channel = this.here();
    if (!channel) return;
    this.channel = channel.id;
    this.sidebar.draw(channel);
    this.title.replaceChildren(...channelName(channel.name));
    this.topic.textContent = channel.topic ?? "";
    this.drawOffline();
    this.log.show([this.beginning(channel), ...this.rows(channel.messages)]);
    this.composer.draw(`Message #${channel.name}`);
    this.drawThread(channel);
  }

  here() {
    const { channels } = this.state;
    return channels.find(({ id, name }) => this.channel === id || this.channel === name) ?? channels[0];
  }

  drawOffline() {
    const { online, me } = this.state;
    this.node.dataset.online = online ? "yes" : "no";
    this.offline.hidden = online;
    const words = [h("strong", null, "bot offline"), ` ${me?.name ?? "The bot"} answers when it connects.`];
    if (!online) this.offline.replaceChildren(...words);
  }

  drawThread(channel) {
    const root = channel.messages.find(({ id }) => id === this.thread);
    this.pane.hidden = !root;
    this.node.toggleAttribute("data-thread", Boolean(root));
    if (!root) return;
    const replies = root.thread?.messages ?? [];
    const head = this.look.threadHead(root, channel);
    this.threadTitle.replaceChildren(...head);
    const answers = replies.filter(({ id }) => id !== root.id);
    this.threadLog.show([...this.rows([root], true), ...this.rule(answers.length), ...this.rows(answers, true, root)]);
    this.threadBox.draw(this.look.replyPrompt(root));
  }

  // What stands between the first message of a thread and the others.
  rule(count) {
    const words = count ? this.look.threadRule(count) : null;
    const draw = () => h("div", { class: "rule" }, h("span", null, words));
    return words ? [{ key: "rule", says: words, draw }] : [];
  }

  rows(messages, inThread = false, before = null) {
    const visible = messages.filter((message) => this.isVisible(message));
    return rowsOf(visible, this.look.gap, before, (message, compact) => {
      const waiting = this.waiting.get(message.id);
      const places = { compact, inThread, waiting };
      const says = JSON.stringify([message, places, this.person, message.id === this.thread]);
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
      press: (action, values) => this.press(message, action, values),
      openThread: () => this.openThread(message.id),
      dismiss: () => this.dismiss(message.id),
    };
  }

  nameOf(id) {
    const { people, me, channels } = this.state;
    return [...people, me, ...channels].find((each) => each?.id === id)?.name;
  }

  beginning(channel) {
    const words = `This is the very beginning of #${channel.name}.`;
    const command = this.state.commands[0]?.name;
    const hint = command ? `Type /${command} below to ask for something.` : "Say something below.";
    const mark = h("span", { class: "beginning-mark" }, icon("hash"));
    const draw = () => h("div", { class: "beginning" }, mark, h("h3", null, words), h("p", null, hint));
    return { key: `beginning ${channel.id}`, says: words + hint, draw };
  }

  visit(channel) {
    if (this.channel === channel) return;
    this.channel = channel;
    this.thread = null;
    this.log.clear();
    this.complain(null);
    this.draw();
    this.log.toEnd();
  }

  become(person) {
    this.person = person;
    this.draw();
  }

  openThread(id) {
    this.opener = document.activeElement?.dataset.key;
    this.thread = id;
    this.threadLog.clear();
    this.draw();
    this.threadLog.node.scrollTop = 0;
    this.threadBox.focus();
  }

  closeThread() {
    const root = this.thread;
    this.thread = null;
    this.draw();
    this.log.rows.get(root)?.node.querySelector("[data-key=thread]")?.focus();
  }

  onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) this.closeThread();
  }

  dismiss(id) {
    this.dismissed.add(id);
    this.draw();
    this.composer.focus();
  }

  async press(message, action, values) {
    if (this.waiting.has(message.id)) return;
    this.waiting.set(message.id, action);
    this.draw();
    const channel = this.look.placeOf(message, this.here());
    const body = { channel, message: message.id, action, person: this.person };
    await this.tell("press", values ? { ...body, values } : body);
    this.waiting.delete(message.id);
    this.draw();
  }

  // Sends what somebody typed, and says whether the platform took it.
  async send(text, where) {
    const thread = where === "thread" ? this.threadId() : null;
    const typed = text.startsWith("/");
    if (typed && thread && !this.look.threadsTakeCommands) return this.complain(this.look.noCommand);
    const place = { channel: this.channel, person: this.person, text };
    (thread ? this.threadLog : this.log).toEnd();
    if (typed) return this.tell("command", { ...place, channel: thread ?? place.channel });
    return this.tell("say", thread ? { ...place, thread } : place);
  }

  threadId() {
    const root = this.here().messages.find(({ id }) => id === this.thread);
    return root?.thread?.id ?? this.thread;
  }

  complete(text) {
    const place = { channel: this.channel, person: this.person };
    return order(this.look.name, "complete", { ...place, text }).then(({ choices }) => choices);
  }

  async tell(name, body) {
    this.complain(null);
    try {
      const { ok = true, error, shown } = await order(this.look.name, name, body);
      // What the platform itself shows to the person, as a message, is not said twice.
      return ok || Boolean(shown) || this.complain(error);
    } catch (error) {
      return this.complain(error.message);
    }
  }

  complain(sentence) {
    this.complaint.hidden = !sentence;
    this.complaint.textContent = sentence ?? "";
    (this.thread ? this.threadBox : this.composer).node.before(this.complaint);
    return false;
  }
}
