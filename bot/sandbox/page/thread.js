// The pane that shows one thread: its first message, what was answered, and a box of its own.

import { Composer } from "/page/composer.js";
import { h, icon } from "/web/dom.js";
import { Log } from "/page/log.js";

export class ThreadPane {
  constructor(panel) {
    this.panel = panel;
    this.id = null; // the id of the message whose thread is open
    this.log = new Log(`Thread on ${panel.look.title}`);
    this.box = new Composer(panel, "thread");
    this.title = h("h3", { class: "channel-title" });
    const props = { class: "quiet", type: "button", "aria-label": "Close thread" };
    const close = h("button", { ...props, onclick: () => this.close() }, icon("close"));
    this.node = h(
      "aside",
      { class: "thread", "aria-label": "Thread", hidden: true, onkeydown: (event) => this.onKey(event) },
      h("header", { class: "channel-head" }, this.title, close),
      this.log.node,
      this.box.node,
    );
  }

  draw(channel) {
    const root = this.root(channel);
    this.node.hidden = !root;
    if (!root) return;
    const { look } = this.panel;
    const answers = this.answers(channel);
    this.title.replaceChildren(...look.threadHead(root, channel));
    const rows = [this.panel.rows([root], true), this.rule(answers.length), this.panel.rows(answers, true, root)];
    this.log.show(rows.flat());
    this.box.draw(look.replyPrompt(root));
  }

  root(channel) {
    return channel.messages.find(({ id }) => id === this.id);
  }

  answers(channel) {
    const replies = this.root(channel)?.thread?.messages ?? [];
    return replies.filter(({ id }) => id !== this.id);
  }

  // The platform's own id of the thread, or of the message under which one would begin.
  place(channel) {
    return this.root(channel)?.thread?.id ?? this.id;
  }

  // What stands between the first message and the others.
  rule(count) {
    const words = count ? this.panel.look.threadRule(count) : null;
    const draw = () => h("div", { class: "rule" }, h("span", null, words));
    return words ? [{ key: "rule", says: words, draw }] : [];
  }

  open(id) {
    this.id = id;
    this.log.clear();
    this.panel.draw();
    this.log.node.scrollTop = 0;
    this.box.focus();
  }

  close() {
    const id = this.id;
    this.id = null;
    this.panel.draw();
    this.panel.log.rows.get(id)?.node.querySelector("[data-key=thread]")?.focus();
  }

  onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) this.close();
  }
}
