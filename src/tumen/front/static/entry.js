// What JupyterLab and Voilà load: a module-federation container written by hand, so that nothing has to be built.
(() => {
  const here = document.currentScript.src;
  let shared = {};
  const part = async (name) => { // a module the page shares with its extensions
    const versions = Object.values(shared[name] || {});
    return versions.length ? (await versions[0].get())() : null;
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.tumen = {
    init(scope) { shared = scope; },
    async get() {
      const { plugin } = await import(new URL(document.body.dataset.voila ? "reader.js" : "lab.js", here));
      const made = await plugin(part);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
