// Swagger draws a padlock on every call that knows of tokens, and a closed one where none is needed. Calls that are
// open to visitors get none; a token that was entered is sent with them all the same.
window.openToVisitors = function () {
  "use strict";
  return {
    wrapComponents: {
      OperationSummary: function (Original, system) {
        return function (props) {
          var security = props.operationProps.get("security");
          var open = security && security.some(function (way) { return way.isEmpty(); });
          var shown = open ? props.operationProps.set("security", security.clear()) : props.operationProps;
          return system.React.createElement(Original, Object.assign({}, props, { operationProps: shown }));
        };
      },
    },
  };
};
