// On the page of a former address: takes the anchor along, which a refresh drops.
(function () {
  "use strict";
  if (location.hash) location.replace(document.currentScript.dataset.to + location.hash);
})();
