// What JupyterLab loads: a module-federation container written by hand, so that nothing has to be built.
(() => {
  const here = document.currentScript.src;
  let shared = {};
  const part = async (name) => { // a module JupyterLab shares with its extensions
    const versions = Object.values(shared[name] || {});
    return versions.length ? (await versions[0].get())() : null;
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.tumen = {
    init(scope) { shared = scope; },
    async get() {
      const { plugin } = await import(new URL("lab.js", here));
      const made = plugin(part);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
