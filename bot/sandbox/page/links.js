// Links to messages of the sandbox lead to them on this page: the real platforms know none of them.

const SLACK = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})/;
const DISCORD = /^https:\/\/discord\.com\/channels\/\d+\/([\w-]+)(?:\/(\d+))?/;

export function followLinks(panel) {
  panel.node.addEventListener("click", (event) => {
    const address = event.target.closest?.("a[href]")?.href;
    const found = address && find(panel.state?.channels ?? [], placeOf(address));
    if (!found) return;
    event.preventDefault();
    show(panel, found);
  });
}

// The channel (on Discord perhaps a thread, which is one too) and the message that a link names.
function placeOf(address) {
  const [, room, seconds, micros] = SLACK.exec(address) ?? [];
  const isThread = address.includes("?thread_ts=");
  if (room) return { room, message: `${seconds}.${micros}`, isThread };
  const [, channel, message = null] = DISCORD.exec(address) ?? [];
  return { room: channel, message };
}

function find(channels, { room, message, isThread }) {
  for (const channel of channels) {
    for (const root of channel.messages) {
      const isHere = channel.id === room;
      if (isHere && root.id === message) return { channel, root, inThread: isThread, message };
      const answers = root.thread?.messages ?? [];
      const isAnswer = isHere && answers.some(({ id }) => id === message);
      if (isAnswer || root.thread?.id === room) return { channel, root, inThread: true, message };
    }
  }
  return null;
}

function show(panel, { channel, root, inThread, message }) {
  panel.visit(channel.id);
  if (inThread) panel.threadPane.open(root.id);
  else if (panel.threadPane.id) panel.threadPane.close();
  const log = inThread ? panel.threadPane.log : panel.log;
  const row = log.rows.get(inThread ? message : root.id)?.node;
  row?.setAttribute("tabindex", "-1");
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "start" });
}
