// In JupyterLab: watches the kernel and the server of each notebook that uses Tumen, and says when they are gone.

import { keepFields } from "./fields.js";
import { Banner, hold, passing, Poll, rest, soon, style } from "./live.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const OURS = /^\s*(import|from)\s+tumen\b/m;
const SEEN = "tumen side bar"; // in the browser's store: whether the side bar was closed once
const FIRST_SECONDS = 10; // how long after its start JupyterLab may still open the side bar by itself
const UNCONNECTED = 5000; // milliseconds without a connection after which a kernel that was there counts as gone

class Watch {
  constructor(app, panel, Widget) {
    Object.assign(this, { app, panel, dead: new Set(), had: false, ran: false, away: 0 });
    this.banner = new Banner((state) => (["gone", "slow"].includes(state) ? this.tryAgain() : this.runAgain()));
    if (Widget) {
      panel.contentHeader.addWidget(new Widget({ node: this.banner.node }));
      this.banner.resized = () => panel.contentHeader.fit();
    } else panel.node.prepend(this.banner.node);
    hold(panel.content.node);
    this.fields = keepFields(panel.content.node, (field) => ["live", "slow"].includes(this.state) && !field.closest(".tumen-resting"));
    this.poll = new Poll(() => this.asked());
    this.soon = soon(() => this.draw());
    const session = panel.sessionContext;
    session.statusChanged.connect((_, status) => {
      if (["restarting", "autorestarting", "dead", "terminating"].includes(status)) this.end();
      if (passing(status)) this.soon.call(); else this.draw();
    });
    session.kernelChanged.connect((_, { oldValue, newValue }) => {
      if (oldValue && newValue?.id !== oldValue.id) this.end();
      this.poll.found = true;
      this.draw();
    });
    session.connectionStatusChanged.connect(() => { this.know(); this.draw(); });
    this.timer = setInterval(() => this.draw(), 1000);
    // what widgets that are there draw anew, as at each move of a slider, is no output come or gone
    const within = ({ target }) => (target.closest ? target : target.parentElement)?.closest(".jupyter-widgets");
    this.swap = new MutationObserver((changes) => { if (!changes.every(within)) this.showSaved(); });
    this.swap.observe(panel.content.node, { subtree: true, childList: true, characterData: true });
    panel.context.ready.then(() => { this.end(); this.ran = false; this.fold(); this.know(); this.draw(); });
    if (Widget) this.reader(Widget);
    panel.disposed.connect(() => {
      clearInterval(this.timer); this.soon.end(); this.swap.disconnect(); this.poll.end(); this.fields.end();
    });
  }

  get kernel() { return this.panel.sessionContext.session?.kernel || null; }

  get ready() { // what is sent to a kernel that is still restarting is lost
    return this.kernel?.connectionStatus === "connected" && ["idle", "busy"].includes(this.kernel.status);
  }

  get cells() { return this.panel.content.widgets.filter((cell) => cell.model?.type === "code"); }

  get ours() { return this.cells.some((cell) => OURS.test(cell.model.sharedModel.source)); }

  // Code is folded away, in this view of it and not in the file; a press on its bar opens it.
  fold() {
    if (!this.ours) return;
    for (const cell of this.cells) {
      const { source } = cell.model.sharedModel, own = cell.model.getMetadata("jupyter")?.source_hidden;
      if (own !== false && source.trim()) cell.inputHidden = true;
    }
  }

  // The same chapter without code, one press away.
  reader(Widget) {
    const link = document.createElement("a");
    Object.assign(link, { className: "tumen-to-reader", textContent: "Reader's view", target: "_blank", rel: "noopener" });
    link.href = `${this.app.serviceManager.serverSettings.baseUrl}voila/render/${this.panel.context.path.split("/").map(encodeURIComponent).join("/")}`;
    link.title = "The same chapter as a page without code; your answers are the same";
    this.link = new Widget({ node: document.createElement("div") });
    this.link.node.append(link);
    this.panel.toolbar.addItem("tumen-reader", this.link);
  }

  ids(cell) {
    const out = [], { outputs } = cell.model;
    for (let i = 0; i < outputs.length; i++) { const view = outputs.get(i).data?.[VIEW]; if (view?.model_id) out.push(view.model_id); }
    return out;
  }

  // whatever stands on the page belongs to a kernel that is no more
  end() { for (const cell of this.cells) for (const id of this.ids(cell)) this.dead.add(id); this.ran = true; }

  // ask the kernel which of the page's parts it knows
  async know() {
    const kernel = this.kernel;
    if (kernel?.connectionStatus !== "connected") return;
    const reply = await kernel.requestCommInfo({ target_name: "jupyter.widget" }).catch(() => null);
    if (reply?.content?.status !== "ok" || kernel !== this.kernel) return;
    for (const cell of this.cells) for (const id of this.ids(cell)) {
      if (id in reply.content.comms) this.dead.delete(id); else this.dead.add(id);
    }
    this.draw();
  }

  async asked() {
    const { baseUrl, token } = this.app.serviceManager.serverSettings, id = this.kernel?.id;
    const headers = token ? { Authorization: `token ${token}` } : {};
    // the list, not the one kernel: a kernel that is no more is then no error in the browser's log
    const reply = await fetch(`${baseUrl}api/kernels?no_track_activity=1`, { headers, cache: "no-store", credentials: "same-origin" });
    if (!reply.ok || !id) return true;
    return (await reply.json()).some((kernel) => kernel.id === id);
  }

  get state() {
    const kernel = this.kernel;
    const connected = kernel?.connectionStatus === "connected";
    this.had = this.had || connected;
    if (connected || !kernel) this.away = 0; else this.away = this.away || Date.now();
    if (!this.had || !this.ours) return this.asleep();
    if (this.poll.lost) return "gone";
    if (!kernel || kernel.status === "dead" || !this.poll.found) return "stopped";
    if (this.away && Date.now() - this.away > UNCONNECTED) return "gone";
    const state = this.asleep();
    return state === "live" && this.poll.slow ? "slow" : state;
  }

  asleep() {
    if (!this.ours) return "live";
    return this.cells.some((cell) => this.ids(cell).some((id) => this.dead.has(id))) ? (this.ran ? "before" : "saved") : "live";
  }

  draw() {
    if (this.panel.isDisposed || !this.panel.content.model) return;
    const state = this.state, all = state === "gone" || state === "stopped";
    if (this.link) this.link.node.hidden = !this.ours;
    if (!this.banner.busy || all) this.banner.show(state);
    const words = state === "saved" ? "Saved earlier; it moves when the chapter runs." : "From before; nothing in here answers now.";
    for (const cell of this.cells) {
      const ids = this.ids(cell);
      rest(cell.node, ids.length > 0 && (all || ids.some((id) => this.dead.has(id))), words);
    }
    if (this.was !== state) { this.was = state; this.fields.all(); }
    if (state === "live") this.fields.nudge();
    this.showSaved();
  }

  // Where a part of the page is gone, its saved picture and words stand in its place, never a library's complaint.
  showSaved() {
    for (const cell of this.cells) {
      const area = cell.outputArea;
      (area?.widgets || []).forEach((child, i) => {
        const node = child.node.querySelector(":scope > .jp-OutputArea-output");
        const said = node && node.childElementCount === 0 ? node.textContent : "";
        const output = said && i < cell.model.outputs.length ? cell.model.outputs.get(i) : null;
        const id = output?.data?.[VIEW]?.model_id;
        if (!id || !(said.startsWith("Error displaying widget") || (said === "Loading widget..." && this.dead.has(id)))) return;
        this.dead.add(id);
        this.still(node, output);
      });
    }
  }

  still(node, output) {
    const { rendermime } = this.panel.content;
    const data = Object.fromEntries(Object.entries(output.data).filter(([kind]) => kind !== VIEW));
    const kind = rendermime.preferredMimeType(data, output.trusted ? "any" : "ensure");
    if (!kind) { node.textContent = "This part comes back when the chapter runs."; return; }
    const made = rendermime.createRenderer(kind);
    made.node.classList.add("tumen-still");
    node.replaceChildren(made.node);
    made.renderModel(rendermime.createModel({ data, metadata: output.metadata, trusted: output.trusted }));
  }

  async tryAgain() {
    await this.poll.now();
    await this.kernel?.reconnect?.().catch(() => {});
    await this.app.serviceManager.sessions.refreshRunning().catch(() => {});
    await this.know();
  }

  async runAgain() {
    const session = this.panel.sessionContext;
    await this.app.serviceManager.sessions.refreshRunning().catch(() => {});
    await session.ready; // a kernel that is only starting is not lost
    if (!this.poll.found) await session.shutdown().catch(() => {});
    if (!this.kernel) await session.startKernel();
    else if (this.kernel.status === "dead") await session.restartKernel();
    this.poll.found = true;
    for (let i = 0; i < 600 && !this.ready; i++) await new Promise((done) => setTimeout(done, 100));
    this.app.shell.activateById(this.panel.id);
    this.panel.content.activate();
    await this.app.commands.execute("notebook:run-all-cells");
  }
}

// The side bar lists files and is in the way of most; once closed it stays as the reader leaves it.
function closeOnce(app) {
  try {
    if (localStorage.getItem(SEEN)) return;
    localStorage.setItem(SEEN, "closed");
  } catch { /* a browser that keeps nothing closes it each time */ }
  app.shell.collapseLeft?.();
  // A new layout is shown the files by JupyterLab itself, at times only after this: that one opening is undone.
  const heard = (_, done) => {
    if (done.id !== "filebrowser:activate") return;
    app.commands.commandExecuted.disconnect(heard);
    Promise.resolve(done.result).then(() => app.shell.collapseLeft?.());
  };
  app.commands.commandExecuted.connect(heard);
  setTimeout(() => app.commands.commandExecuted.disconnect(heard), FIRST_SECONDS * 1000);
}

export function plugin(part) {
  return {
    id: "tumen:live",
    autoStart: true,
    async activate(app) {
      style();
      const lumino = await part("@lumino/widgets").catch(() => null);
      app.restored.then(() => closeOnce(app));
      app.docRegistry.addWidgetExtension("Notebook", { createNew: (panel) => { new Watch(app, panel, lumino?.Widget); } });
    },
  };
}
