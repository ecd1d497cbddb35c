// In the reader's view: runs the chapter part by part, says what is waited for, and watches kernel and server.

import { keepFields } from "./fields.js";
import { Banner, hold, passing, Poll, rest, soon, style } from "./live.js";
import { aside } from "./aside.js";
import { lesson } from "./lesson.js";

const UNCONNECTED = 5000; // milliseconds without a connection after which the server counts as gone
const BEFORE = "From before; nothing in here answers now.";

class Chapter {
  constructor(app, kernel, parts) {
    Object.assign(this, { app, kernel, parts, ended: false, away: 0, had: false });
    this.main = document.getElementById("chapter");
    this.banner = new Banner((state) => (["gone", "slow"].includes(state) ? this.tryAgain() : location.reload()));
    document.getElementById("top").append(this.banner.node);
    hold(this.main);
    this.fields = keepFields(this.main, (field) => ["live", "slow"].includes(this.state) && !field.closest(".tumen-resting"));
    this.poll = new Poll(() => this.asked());
    const later = soon(() => this.draw());
    kernel.statusChanged.connect((_, status) => {
      if (["restarting", "autorestarting", "dead", "terminating"].includes(status)) this.ended = true;
      if (passing(status)) later.call(); else this.draw();
    });
    kernel.connectionStatusChanged.connect(() => this.draw());
    setInterval(() => this.draw(), 1000);
  }

  async asked() {
    const { baseUrl, token } = this.app.serviceManager.serverSettings;
    const headers = token ? { Authorization: `token ${token}` } : {};
    // the list, not the one kernel: a kernel that is no more is then no error in the browser's log
    const reply = await fetch(`${baseUrl}api/kernels?no_track_activity=1`, { headers, cache: "no-store", credentials: "same-origin" });
    if (!reply.ok) return true;
    return (await reply.json()).some((kernel) => kernel.id === this.kernel.id);
  }

  get state() {
    const connected = this.kernel.connectionStatus === "connected";
    this.had = this.had || connected;
    if (connected) this.away = 0; else this.away = this.away || Date.now();
    if (this.poll.lost) return "gone";
    if (this.ended || this.kernel.status === "dead" || !this.poll.found) return "stopped";
    if (this.had && this.away && Date.now() - this.away > UNCONNECTED) return "gone";
    return this.poll.slow ? "slow" : "live";
  }

  draw() {
    const state = this.state, all = state === "gone" || state === "stopped";
    if (!this.banner.busy || all) this.banner.show(state);
    for (const part of document.querySelectorAll(".part")) rest(part, all, BEFORE);
    if (this.was !== state) { this.was = state; this.fields.all(); }
    if (state === "live") this.fields.nudge();
    if (all) say("");
    document.documentElement.dataset.state = state;
  }

  async tryAgain() {
    await this.poll.now();
    await this.kernel.reconnect().catch(() => {});
  }

  // One part after another, each in its place as soon as it is there.
  async run() {
    if (document.documentElement.classList.contains("present")) {
      // what opens at its answer opens away from it before a hall
      await this.kernel.requestExecute({ code: "import os; os.environ['TUMEN_PRESENT'] = '1'", silent: true, store_history: false }).done.catch(() => {});
    }
    const waiting = [...document.querySelectorAll(".part")];
    for (const part of waiting) {
      if (part.dataset.comes) part.append(Object.assign(document.createElement("p"), { className: "wait" }));
    }
    for (let i = 0; i < waiting.length; i++) {
      const left = waiting.slice(i).filter((part) => part.dataset.comes);
      left.forEach((part, n) => { part.querySelector(".wait").textContent = waits(part.dataset.comes, n); });
      say(left.length ? `The chapter is opening: ${left.length} of its parts are still to come. What is there already can be used.` : "");
      await this.one(waiting[i]).catch((fault) => console.warn("tumen:", fault));
      waiting[i].querySelector(".wait")?.remove();
      if (this.ended) break;
    }
    if (!this.ended) say("");
    document.documentElement.dataset.ran = "true";
  }

  one(part) {
    const area = this.parts.area();
    this.parts.put(area, part);
    const code = JSON.parse(part.querySelector(".source").textContent);
    area.future = this.kernel.requestExecute({ code, stop_on_error: false, store_history: false });
    return area.future.done;
  }
}

function waits(comes, n) {
  const what = comes[0].toUpperCase() + comes.slice(1);
  return n ? `${what} comes here. It waits for what stands above it.` : `${what} is being made.`;
}

function say(words) {
  const line = document.querySelector(".coming");
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}

export async function plugin(part) {
  const [{ IRenderMimeRegistry }, outputs, { Widget }] = await Promise.all(
    ["@jupyterlab/rendermime", "@jupyterlab/outputarea", "@lumino/widgets"].map(part));
  return {
    id: "tumen:reader",
    autoStart: true,
    requires: [IRenderMimeRegistry],
    activate(app, rendermime) {
      style();
      aside();
      lesson();
      say("The chapter is being started.");
      const parts = {
        area: () => new outputs.SimplifiedOutputArea({ model: new outputs.OutputAreaModel({ trusted: true }), rendermime }),
        put: (area, node) => Widget.attach(area, node),
      };
      // a page that the browser kept and shows again has lost its kernel when it was left
      addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
      // once every extension has named its widgets: what comes earlier finds no class to be drawn by
      app.started.then(() => app.widgetManagerPromise.promise).then((manager) => new Chapter(app, manager.kernel, parts).run());
    },
  };
}
