// Tumen's widgets in JupyterLab and in Voila. A widget names its code and its style sheet, a model of text; both may come late.
// What the kernel sends meanwhile is kept in the model at once: no message waits for the code, so none can be lost.
// Written as it is served, with no build: a container of webpack's module federation is `init` and `get`.
(() => {
  const NAME = "tumen-widgets";
  const home = new URL(".", document.currentScript.src).href; // the folder this file is served from
  let scope; // what the page and its extensions share, set by the page

  // as webpack chooses among several: what is loaded already, or else the newest
  async function shared(name) {
    const newer = (a, b) => a.localeCompare(b, "en", { numeric: true });
    const versions = Object.entries(scope[name] ?? {}).sort(([a], [b]) => newer(b, a)).map(([, found]) => found);
    const chosen = versions.find((found) => found.loaded) ?? versions[0];
    if (!chosen) throw new Error(`${NAME}: this page has no ${name}`);
    chosen.loaded = true;
    return (await chosen.get())();
  }

  // The same text is one module, however many widgets bring it.
  const modules = new Map(), sheets = new Set();
  async function run(text) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    try { return (await import(url)).default; } finally { URL.revokeObjectURL(url); }
  }
  function code(text) {
    if (!modules.has(text)) modules.set(text, run(text));
    return modules.get(text);
  }
  function style(text) {
    if (!text || sheets.has(text)) return;
    sheets.add(text);
    document.head.append(Object.assign(document.createElement("style"), { textContent: text }));
  }

  // A model as one view of it may use it: its listeners end with the view.
  function seen(view) {
    const { model } = view;
    const given = { on: (name, heard) => view.listenTo(model, name, heard), widget_manager: model.widget_manager };
    for (const name of ["get", "set", "save_changes", "send", "off"]) given[name] = model[name].bind(model);
    return given;
  }

  function classes({ DOMWidgetModel, DOMWidgetView }) {
    class FrontModel extends DOMWidgetModel {
      initialize(...given) {
        super.initialize(...given);
        this.code = this.found().then(async (widget) => {
          const ended = await widget.initialize?.({ model: this, home });
          if (ended) this.once("destroy", ended);
          return widget;
        });
        this.code.catch((fault) => console.error(`${NAME}: ${fault}`));
      }
      async found() {
        const texts = await this.widget_manager.get_model(this.get("source").replace("IPY_MODEL_", ""));
        style(texts.get("css"));
        return code(texts.get("esm"));
      }
    }

    class FrontView extends DOMWidgetView {
      render() {
        this.draw().catch((fault) => {
          console.error(`${NAME}: ${fault}`);
          if (!this.el.textContent) this.el.textContent = "This part of the page could not be drawn. Reload the page.";
        });
      }
      async draw() {
        const widget = await this.model.code;
        if (this.gone) return;
        this.ended = await widget.render?.({ model: seen(this), el: this.el, home });
        if (this.gone) this.ended?.();
      }
      remove() {
        this.gone = true;
        this.ended?.();
        return super.remove();
      }
    }
    return { FrontModel, FrontView };
  }

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init(given) { scope = given; },
    async get() {
      const base = await shared("@jupyter-widgets/base");
      const plugin = {
        id: `${NAME}:plugin`,
        autoStart: true,
        requires: [base.IJupyterWidgetRegistry],
        activate: (_, registry) => registry.registerWidget({ name: NAME, version: "1.1.0", exports: classes(base) }),
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
