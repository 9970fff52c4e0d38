// Reloads a page of the preview when it changes, and shows what is wrong. Not part
// of the published site.
(function () {
  "use strict";
  var script = document.currentScript;
  var own = script.src.replace(/[^/]*$/, "");
  var version = script.dataset.version;

  // A style sheet changes its name with its bytes: the new page knows it.
  function restyle() {
    fetch(location.href).then(function (answer) { return answer.text(); }).then(function (html) {
      var sheets = 'link[rel="stylesheet"]';
      var fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll(sheets);
      document.querySelectorAll(sheets).forEach(function (link, index) {
        var wanted = fresh[index] && fresh[index].getAttribute("href");
        if (wanted && wanted !== link.getAttribute("href")) link.setAttribute("href", wanted);
      });
    }).catch(function () { location.reload(); });
  }

  function hideProblem() {
    var shown = document.getElementById("annals-problem");
    if (shown) shown.remove();
  }

  function showProblem() {
    fetch(own + "problem").then(function (answer) { return answer.text(); }).then(function (text) {
      hideProblem();
      if (!text) return;
      var box = document.createElement("section");
      box.id = "annals-problem";
      box.setAttribute("role", "alert");
      var words = document.createElement("pre");
      words.textContent = text;
      box.appendChild(words);
      document.body.appendChild(box);
    });
  }

  // The browser keeps the scroll position over a reload of its own.
  var events = new EventSource(own + "events");
  events.addEventListener("hello", function (event) {
    if (event.data !== version) location.reload();
  });
  events.addEventListener("reload", function () { location.reload(); });
  events.addEventListener("style", function (event) { version = event.data; restyle(); });
  events.addEventListener("problem", function (event) {
    version = event.data || version;
    showProblem();
  });
})();
