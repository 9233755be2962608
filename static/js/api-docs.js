// Swagger draws a padlock on every call that knows of tokens, and a closed one where none is needed. Calls that are
// open to visitors get none; a token that was entered is sent with them all the same.
// A plain script, not a module: the settings of Swagger name what it defines.
window.openToVisitors = () => ({
  wrapComponents: {
    OperationSummary: (Original, system) => (props) => {
      const security = props.operationProps.get("security");
      const open = security?.some((way) => way.isEmpty());
      const shown = open ? props.operationProps.set("security", security.clear()) : props.operationProps;
      return system.React.createElement(Original, { ...props, operationProps: shown });
    },
  },
});

// The page has its main part from the beginning. Swagger draws one of its own within: then ours goes.
const ours = document.querySelector("main");
new MutationObserver((_changes, observer) => {
  if (!ours.querySelector("main")) return;
  observer.disconnect();
  ours.replaceWith(...ours.childNodes);
}).observe(ours, { childList: true, subtree: true });
